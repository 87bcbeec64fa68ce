"""The registry: every channel by name, the slowest first. A new channel is a folder of its own and one line here.

Nothing is imported until a worker loads an entry, so that a run pays only for the engines it uses.
"""

from __future__ import annotations

from channels.base import Entry

CHANNELS = {
    "pdf": Entry(path="channels.pdf.render:PdfChannel", engines=("channels.pdf.engine",)),
    "audio": Entry(
        path="channels.audio.render:AudioChannel",
        engines=("channels.audio.edition",),
        voices=("espeak-ng", "gtts", "piper"),
        network={"gtts": "Google"},
    ),
    "html": Entry(path="channels.html.render:HtmlChannel", needs=("pdf", "audio")),
}
