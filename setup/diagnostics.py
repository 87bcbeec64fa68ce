"""Turns docs/diagnostics.yaml into docs/diagnostics.md, the page that explains every code.

.venv/bin/python setup/diagnostics.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

DOCS: Final = Path(__file__).parent.parent / "docs"
INTRODUCTION: Final = """# Diagnostics

Every fault in content has a code and a place, and says what is wrong and what to type instead. An error stops the
publication of that source. A warning does not: it says what the program does instead. `--strict` treats warnings as
errors.

The codes by the part of the program that gives them:
"""


def explained() -> dict[str, dict[str, str]]:
    """The meaning of each code, by the part of the program that gives it."""
    codes: dict[str, dict[str, str]] = yaml.safe_load((DOCS / "diagnostics.yaml").read_text(encoding="utf-8"))
    return codes


def page(groups: Mapping[str, Mapping[str, str]]) -> str:
    """The page in Markdown, with a table for each part."""
    tables = (
        f"\n## {title}\n\n| code | what it means |\n| --- | --- |\n"
        + "".join(f"| `{code}` | {meaning} |\n" for code, meaning in codes.items())
        for title, codes in groups.items()
    )
    return INTRODUCTION + "".join(tables)


if __name__ == "__main__":
    (DOCS / "diagnostics.md").write_text(page(explained()), encoding="utf-8")
