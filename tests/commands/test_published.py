"""What is published without a source is told from what has one that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

from commands.published import withdrawn


def test_what_has_a_source_in_a_folder_that_cannot_be_read_is_not_withdrawn(tmp_path: Path) -> None:
    about = dict.fromkeys(("publication", "language", "title", "summary", "publisher", "status"), "")
    for name in ("a-guide", "gone"):
        (tmp_path / name / "en").mkdir(parents=True)
        (tmp_path / name / "en" / "manifest.json").write_text(json.dumps({"format": 1, "files": [], **about}))
    assert withdrawn(tmp_path, [], [Path("source/A guide")]) == ["gone/en"]
    assert withdrawn(tmp_path, [], []) == ["a-guide/en", "gone/en"]
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "A guide")
    assert withdrawn(tmp_path, [], [tmp_path / "link"]) == ["gone/en"], "a publication is named by its real folder"
