"""No id of an author's can meet one that an edition's own frame has."""

from __future__ import annotations

import re

from reader.ids import RESERVED
from tests.conftest import ROOT

TEMPLATES = sorted((ROOT / "channels").glob("*/templates/*.html"))


def test_every_id_in_the_frames_is_reserved() -> None:
    ids = {own for path in TEMPLATES for own in re.findall(r'\sid="([a-z-]+)"', path.read_text())}
    assert {"contents", "listen-help", "colophon"} <= ids
    assert ids <= RESERVED
