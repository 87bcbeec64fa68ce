"""Turns the bytes of a Word file into elements and pictures with mammoth. The styles Title and Heading become
headings."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from typing import IO, Any, Final
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

import mammoth
import tinyhtml5

from importer.faults import refuse
from importer.source import Source
from importer.tree import HEADINGS, classes, first, tag, walk, words

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED: Final = 200_000_000
STYLES: Final = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Definition Term'] => dl > dt:fresh
p[style-name='Definition'] => dl > dd:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Image Caption'] => p.caption:fresh
p[style-name='Table Caption'] => p.caption:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
u => span
strike => s
highlight[color='hidden'] => span.hidden-in-word
"""
HIDDEN: Final = re.compile(rb"<w:vanish(?:\s+w:val=\"(?:1|true|on)\")?\s*/>")
MARKED: Final = b'<w:highlight w:val="hidden"/>'
"""mammoth does not read that words are hidden. It does read this, a colour that Word itself does not know."""
FIELD: Final = re.compile(rb"</?w:fldSimple\b[^>]*>")
"""Matches what stands around the words of a simple field, such as a date. mammoth would read no word of it."""
LANGUAGE: Final = re.compile(rb"""<w:lang\b[^>]*\bw:val="([A-Za-z]{2,3})(?:-[A-Za-z0-9]+)?\"""")
TITLE: Final = re.compile(rb"<dc:title>([^<]+)</dc:title>")
LONGEST_HEADING: Final = 80
AGAIN: Final = "Open it in Word or LibreOffice and save it again as .docx."


def parse(data: bytes, name: str) -> Source:
    """The elements and pictures of the Word file in `data`. `name` is the name of the file, for messages. Raises
    Refused."""
    if data.startswith(OLE):
        message = "the file is locked with a password, or is of an older Word"
        raise refuse("encrypted-file", name, message, "Take the password away in Word and save it again as .docx.")
    pictures: dict[str, bytes] = {}

    def picture(image: Any) -> dict[str, str]:
        with image.open() as file:
            content = file.read()
        source = f"picture-{len(pictures) + 1}.{image.content_type.rpartition('/')[2].partition('+')[0]}"
        pictures[source] = content
        # Word does not tell a picture without a description from one with an empty description.
        return {"src": source, **({"alt": image.alt_text} if image.alt_text else {})}

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise refuse(
                    "too-large", name, "the file is far larger once unpacked", "Check that this is the right file."
                )
            language, title = _said(packed)
        made = mammoth.convert_to_html(
            _file(_readable(data)), style_map=STYLES, convert_image=mammoth.images.img_element(picture)
        )
    except (zipfile.BadZipFile, KeyError, OSError, ExpatError, ValueError) as error:
        raise refuse("not-a-page", name, f"this is not a Word file that can be read ({error})", AGAIN) from None
    tree: Element = tinyhtml5.parse(f"<main>{made.value}</main>", namespace_html_elements=False)
    _headed(tree)
    _titled(tree, title)
    _captioned(tree)
    if language:
        tree.set("lang", language)
    return Source(tree=tree, images=pictures)


def _readable(data: bytes) -> bytes:
    """The Word file as mammoth can read it: with a mark on hidden words in place of their hiding, so that they can be
    left out and listed, and with the words of fields as plain words."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        told = {name: packed.read(name) for name in packed.namelist() if name.endswith(".xml")}
        if not any(HIDDEN.search(part) or FIELD.search(part) for part in told.values()):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as marked:
            for name in dict.fromkeys(packed.namelist()):
                plain = FIELD.sub(b"", HIDDEN.sub(MARKED, told[name])) if name in told else packed.read(name)
                marked.writestr(name, plain)
    return made.getvalue()


def _file(data: bytes) -> IO[bytes]:
    return io.BytesIO(data)


def _said(packed: zipfile.ZipFile) -> tuple[str, str]:
    """The language and the title that a Word file states; "" where it states none."""
    language = title = b""
    with suppress(KeyError):
        found = LANGUAGE.search(packed.read("word/styles.xml"))
        language = found[1] if found else b""
    with suppress(KeyError):
        found = TITLE.search(packed.read("docProps/core.xml"))
        title = found[1] if found else b""
    return language.decode("ascii").lower(), title.decode("utf-8", "replace").strip()


def _captioned(tree: Element) -> None:
    """Moves each paragraph in the style of captions into the table beside it, or else into the picture before it."""
    parents = list(walk(tree))
    for parent in parents:
        for caption in [child for child in parent if tag(child) == "p" and "caption" in classes(child)]:
            around = list(parent)
            place = around.index(caption)
            before, after = around[place - 1] if place else None, around[place + 1 : place + 2]
            table = next((each for each in (*after, before) if each is not None and tag(each) == "table"), None)
            if table is not None and first(table, "caption") is None:
                parent.remove(caption)
                caption.tag = "caption"
                table.insert(0, caption)
            elif before is not None and first(before, "img") is not None and not words(before):
                parent.remove(caption)
                before.tag, caption.tag = "figure", "figcaption"
                before.append(caption)


def _headed(tree: Element) -> None:
    """Short paragraphs that are bold as a whole are headings where a file has no other, the first of all its title."""
    main = first(tree, "main")
    if main is None or any(tag(element) in HEADINGS for element in walk(tree)):
        return
    for number, element in enumerate(main):
        said = words(element)
        bold = "".join(words(inner) for inner in element if tag(inner) in ("strong", "b"))
        if tag(element) == "p" and said and said == bold and len(said) <= LONGEST_HEADING and said[-1] not in ".,;:!":
            element.tag = "h2" if number else "h1"


def _titled(tree: Element, title: str) -> None:
    """Uses the title in the file's properties as the title of the page if no paragraph has the style Title and there
    is not exactly one heading of level 1."""
    main, named = first(tree, "main"), first(tree, "h1", "title")
    top = [element for element in walk(tree) if tag(element) == "h1"]
    if title and main is not None and named is None and len(top) != 1:
        heading = Element("h1")
        heading.text = title
        main.insert(0, heading)
