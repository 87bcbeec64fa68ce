"""Turns a Document into what its PDF says of itself: title, publisher, language, dates, and the standards that it
keeps.

All of it stands twice, in the information dictionary and in XMP (ISO 16684-1; ISO 32000-1, 14.3). Nothing reads the
clock: the dates are those of the publication.
"""

from __future__ import annotations

import hashlib
from datetime import date

from pikepdf import Dictionary, Name, Pdf, String

from channels.pdf.frames import FRAMES
from model.document import Document
from model.traverse import text_of

UNDATED = date(2000, 1, 1)  # a print shop's file must have a date


def write_metadata(pdf: Pdf, document: Document, title: str, *, shop: bool) -> None:
    """Writes the title and everything else that `pdf` says of itself. It claims PDF/UA-1, and also PDF/X-4 (ISO
    15930-7) for a `shop`, PDF/A-2a (ISO 19005-2) otherwise."""
    created = document.dates.published or document.updated or (UNDATED if shop else None)
    changed = max(created, document.updated or created) if created else None
    info = Dictionary(Title=String(title))
    for key in ("/Author", "/Subject", "/Producer"):
        info[key] = pdf.docinfo.get(key, String(""))
    if created and changed:
        info.CreationDate, info.ModDate = String(_date(created)), String(_date(changed))
    if shop:
        info.Trapped = Name("/False")
    packet = FRAMES.get_template("metadata.xml").render(
        title=title,
        publisher=text_of(document.publisher.name.inlines),
        summary=text_of(document.summary.inlines),
        language=document.language,
        producer=str(info.Producer),
        created=created,
        changed=changed,
        shop=shop,
        identity=_identity(document, title),
    )
    pdf.docinfo = pdf.make_indirect(info)
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _date(day: date) -> str:
    return f"D:{day:%Y%m%d}000000Z"


def _identity(document: Document, title: str) -> str:
    """An identifier that no other file has. It stays the same whenever and wherever the file is made again."""
    said = f"{document.language} {title} {text_of(document.publisher.name.inlines)} {document.url}"
    return f"xmp.did:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
