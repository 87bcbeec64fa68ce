"""A drawing of which readers would lose words or a part is refused, with what to do."""

from __future__ import annotations

import gzip

import pytest

from reader.drawings import drawing_of
from reader.images import kind_of

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def drawing(part: str, before: str = "") -> bytes:
    return f'{before}<svg {SPACES} viewBox="0 0 9 9">{part}</svg>'.encode()


def bomb(levels: int) -> str:
    uses = [f'<use href="#g{level}"/>' * 10 for level in range(levels - 1)]
    steps = "".join(f'<g id="g{level}">{used}</g>' for level, used in enumerate(uses, 1))
    return f'<g id="g0"><path d="M0 0"/></g>{steps}'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body>hello</body></html>", "it begins with <html>"),
        (b"<!DOCTYPE html><html><body><p>hello</body></html>", "is no drawing: mismatched tag"),
        (b"<svg viewBox='0 0 9 9'/>", "does not say that it is a drawing"),
        (drawing(f"<foreignObject><p {HTML}>hello</p></foreignObject>"), "a part in HTML"),
        (drawing(f"<p {HTML}>hello</p>"), "a part in HTML"),
        (drawing("<image href='photo.png'/>"), "a part in another file"),
        (drawing("<use xlink:href='http://example.com/x.svg#a'/>"), "a part in another file"),
        (drawing("<use href='data:image/svg+xml;base64,PHN2Zy8+#a'/>"), "no PNG or JPEG"),
        (drawing("<image href='data:image/png;base64,QUJD'/>"), "no PNG or JPEG"),
        (drawing("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>"), "no PNG or JPEG"),
        (drawing("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "another file"),
        (drawing("<text>&b;</text>", '<!DOCTYPE svg SYSTEM "x.dtd">'), "nothing explains (&b;)"),
        (drawing("", '<?xml version="1.0" encoding="shift_jis"?>'), "multi-byte encodings are not supported"),
        (drawing("", '<?xml version="1.0" encoding="nowhere"?>'), "unknown encoding"),
        (f'<svg {SPACES} viewBox="0 0 100000 1"/>'.encode(), "1,000 times as long as it is broad"),
        (f'<svg {SPACES} viewBox="0 0 9 9" width="1" height="5000px"/>'.encode(), "1,000 times as long as it is broad"),
        (drawing('<filter><feTurbulence numOctaves="1000000"/></filter>'), "more layers of noise than can be seen"),
        (drawing("<g>" * 250 + "</g>" * 250), "more than 200 deep"),
        (drawing(bomb(9)), "has more than 100,000 parts"),
        (drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "holds a part that holds itself"),
    ],
)
def test_what_would_be_lost_is_told(data: bytes, says: str) -> None:
    fault = drawing_of(data).fault
    assert fault is not None and says in fault[0] and fault[1]


def test_a_text_that_grows_by_entities_is_refused() -> None:
    grown = [f"&a{level};" * 10 for level in range(11)]
    names = "".join(f'<!ENTITY a{level} "{ten}">' for level, ten in enumerate(grown, 1))
    fault = drawing_of(drawing("<text>&a11;</text>", f'<!DOCTYPE svg [<!ENTITY a0 "ha">{names}]>')).fault
    assert fault is not None and "limit on input amplification" in fault[0]


@pytest.mark.parametrize(
    "part",
    [
        f"<image href='data:image/png;base64,{DOT}'/>",
        f"<image xlink:href='data:image/png;charset=utf-8;base64,{DOT.replace('=', '%3D')}'/>",
        "<a href='https://www.gov.uk/'><text>see</text></a>",
        "<g id='a'/><use href='#a'/><use href='#nowhere'/>",
        f"<metadata><p {HTML}>made at home</p></metadata>",
        bomb(4),
    ],
)
def test_what_is_shown_everywhere_is_no_fault(part: str) -> None:
    assert drawing_of(drawing(part)).fault is None


def test_its_size_is_that_of_the_element_and_not_of_the_text() -> None:
    assert drawing_of(b'<!-- <svg viewBox="0 0 1 1"> -->' + drawing("")).size == (9, 9)
    prefixed = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0, 0,\n 300 200"/>'
    assert drawing_of(prefixed).size == (300, 200)
    assert drawing_of(f'<svg {SPACES} width="320px" height="120"/>'.encode()).size == (320, 120)
    assert drawing_of(f'<svg {SPACES} width="100%" height="2em"/>'.encode()).size is None


def test_a_packed_drawing_and_one_of_two_bytes_a_letter_are_no_drawings() -> None:
    assert kind_of(gzip.compress(drawing(""))) == kind_of(drawing("").decode().encode("utf-16")) == ("", False)
    assert kind_of(b"\xef\xbb\xbf" + drawing("")) == ("svg", True)
