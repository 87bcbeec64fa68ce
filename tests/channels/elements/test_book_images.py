"""A photograph that its camera turned has the same size on the page and in both books, which is that of its pixels."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image

from channels import CHANNELS
from channels.base import Settings
from channels.elements.archive import contents
from reader.read import read
from tests.channels.pictures.test_clean import photograph
from tests.channels.silent import bound
from tests.narration.fakes import MemoryStore

PAGE = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
published: 2024-03-01
sections:
  - title: The office
    blocks:
      - { type: figure, image: images/office.jpg, alternative: The office stands at a corner. }
"""
SIZE = re.compile(r'width="(\d+)" height="(\d+)"')


def test_a_turned_photograph_has_the_size_of_its_pixels_everywhere(tmp_path: Path) -> None:
    source = tmp_path / "help" / "en.yaml"
    (source.parent / "images").mkdir(parents=True)
    (source.parent / "images" / "office.jpg").write_bytes(photograph(6))
    source.write_text(PAGE, encoding="utf-8")
    document = read(source).document
    assert document is not None
    page = CHANNELS["html"].load(Settings(), MemoryStore()).render(document, {}).files
    files = {file.path: file.data for file in page}
    files |= contents(bound(document, "epub").data) | contents(bound(document, "daisy").data)
    texts = [data.decode() for path, data in files.items() if path.endswith("html") and b'alt="The office' in data]
    assert len(texts) == 3
    for text in texts:
        (tag,) = re.findall(r"<img[^>]*The office[^>]*>", text)
        assert SIZE.findall(tag) == [("20", "40")], tag
    pictures = [data for path, data in files.items() if path.endswith(".jpg")]
    assert len(pictures) == 3
    for data in pictures:
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (20, 40)
