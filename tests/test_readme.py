"""The README is true: its example has no faults, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from channels.base import Settings
from narration.script import script
from narration.script_faults import check_script
from reader.read import read
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_example_has_no_faults_to_read_or_to_say(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "en.yaml").write_text(example)
    result = read(tmp_path / "en.yaml")
    assert result.diagnostics == ()
    assert result.document is not None
    assert check_script(result.document, script(result.document, Settings()), Settings()) == ()


def test_the_fault_it_shows_is_the_fault_that_is_shown(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "en.yaml").write_text(example.replace("sections:", "sectoins:"))
    (fault,) = read(tmp_path / "en.yaml").diagnostics
    assert f"en.yaml:{fault.mark.line}:{fault.mark.column}: error {fault.code}: {fault.message}" in readme


def test_every_link_between_pages_leads_to_a_file() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`make (\w+)`", (ROOT / "README.md").read_text())):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
