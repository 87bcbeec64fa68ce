"""Turns a Document into braille: pages of 40 cells and 25 lines, or another size, as BRF and as PEF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from channels.base import Channel, File, Passage, Rendering, Settings, Store
from channels.braille import louis
from model.diagnostics import OURS, Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.errors import UsageError
from model.inlines import NOWHERE
from model.traverse import sentences_of, text_of

SIZES: Final = {"40x25": (40, 25), "32x25": (32, 25), "32x27": (32, 27), "28x26": (28, 26)}
GRADES: Final = ("2", "1")
MOST_NAMED: Final = 4


class BrailleChannel(Channel):
    """Contracted (grade 2) or uncontracted (grade 1) braille, in Unified English Braille and in Welsh."""

    name = "braille"
    edition = "braille"

    def __init__(self, settings: Settings, store: Store) -> None:  # noqa: ARG002 (every channel is made with a store)
        self.grade = settings.chosen.get("braille-grade", GRADES[0])
        size = settings.chosen.get("braille-page", next(iter(SIZES)))
        if self.grade not in GRADES or size not in SIZES:
            raise UsageError(
                f"no braille is made in grade {self.grade} on pages of {size}", f"Sizes: {', '.join(SIZES)}"
            )
        self.width, self.height = SIZES[size]

    def programs(self) -> tuple[str, ...]:
        """The library that knows the braille codes."""
        return (louis.LIBRARY,)

    def inputs(self, document: Document) -> tuple[Path, ...]:  # noqa: ARG002
        """No files: braille is made from the document alone."""
        return ()

    def fingerprint(self) -> str:
        """The library's version, the grade and the size."""
        return f"liblouis {louis.version()} grade {self.grade} {self.width}x{self.height}"

    def table(self, document: Document) -> str | None:
        """The braille code of the document's language. None where there is none here."""
        language = document.language.partition("-")[0].lower()
        return {"en": f"ueb-{self.grade}", "cy": f"cy-{self.grade}"}.get(language)

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """Warnings for the signs that have no cells and are left out, once for each sign. The import is late: 1 ms."""
        from channels.braille.text import unwritten  # noqa: PLC0415 (1 ms, with the channel's other parts)

        table = self.table(document)
        if table is None or not is_wanted(document, self.name):
            return ()
        told: set[str] = set()
        found = []
        for sentence in sentences_of(document):
            if signs := [sign for sign in unwritten(sentence, table) if sign not in told]:
                told.update(signs)
                hint = "Write what it means in words, if it means something."
                found.append(
                    Diagnostic(
                        severity="warning", code="no-braille", message=_left_out(signs), mark=sentence.mark, hint=hint
                    )
                )
        return tuple(found)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:  # noqa: ARG002 (quotes none)
        """The two files. Only a note where the author wants none, or where there is no braille code for the
        language."""
        from channels.braille.lines import Layout  # noqa: PLC0415 (2 ms, which a run that finds all in its store spares)
        from channels.braille.pages import About, brf, numbered, pages_of, pef  # noqa: PLC0415 (the same 2 ms)
        from channels.braille.text import plain_cells  # noqa: PLC0415 (the same 2 ms)

        table = self.table(document)
        if not is_wanted(document, self.name):
            return Rendering(channel=self.name, files=(), notes=("none: the author asks for no braille",))
        if table is None:
            note = f"none: there is no braille code here for “{document.language}”"
            return Rendering(channel=self.name, files=(), notes=(note,))
        title = text_of(document.title.inlines)
        plain = pages_of(Layout(document, table, self.width).lines(), self.height)
        numbers = [louis.cells(str(number), table).text for number in range(1, len(plain) + 1)]
        heads = [plain_cells(words, table).text for words in (title, title.lower())]
        pages = numbered(plain, heads, numbers, self.width)
        words, count = document.words, len(pages)
        about = About(
            title=title,
            identifier=document.url or document.id,
            language=document.language,
            width=self.width,
            height=self.height,
        )
        files = (
            File(
                path=f"{document.id}.brf",
                data=brf(pages),
                media_type="application/x-brf",
                role="download",
                title=words["braille"],
                pages=count,
            ),
            File(
                path=f"{document.id}.pef",
                data=pef(pages, about),
                media_type="application/x-pef+xml",
                role="download",
                title=words["braille_pef"],
                pages=count,
            ),
        )
        return Rendering(
            channel=self.name, files=files, diagnostics=(*self.preflight(document), *_misread(document, table))
        )

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of pages that have longer lines, or more lines, than fit."""
        found = []
        for file in rendering.files:
            if not file.path.endswith(".brf"):
                continue
            pages = file.data.decode("ascii").split("\r\n\f")[:-1]
            for number, page in enumerate(pages, 1):
                lines = page.split("\r\n")
                if len(lines) > self.height or max(map(len, lines)) > self.width:
                    message = f"page {number} of {file.path} is larger than {self.width} by {self.height} cells"
                    found.append(message)
        return tuple(
            Diagnostic(severity="error", code="braille-page", message=message, mark=NOWHERE, hint=OURS)
            for message in found
        )

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """The cells of both files, page by page."""
        from channels.braille.reading import passages  # noqa: PLC0415 (1 ms, with the channel's other parts)

        for file in rendering.files:
            yield from passages(file)

    def written(self, document: Document) -> Mapping[str, str]:
        """The cells of each sentence; none where there is no code for the language."""
        from channels.braille.reading import written  # noqa: PLC0415 (1 ms, with the channel's other parts)

        table = self.table(document)
        return written(document, table) if table is not None and is_wanted(document, self.name) else {}


def _misread(document: Document, table: str) -> Iterator[Diagnostic]:
    """The sentences whose figures are others in their cells."""
    from channels.braille.reading import misread  # noqa: PLC0415 (1 ms, with the channel's other parts)

    for sentence, read in misread(document, table):
        message = f"in braille, “{text_of(sentence.inlines)}” has other figures: {read or 'none'}"
        yield Diagnostic(severity="error", code="braille-figures", message=message, mark=sentence.mark, hint=OURS)


def _left_out(signs: Sequence[str]) -> str:
    """The signs of one place, of which the first few are named."""
    if len(signs) == 1:
        return f"“{signs[0]}” (U+{ord(signs[0]):04X}) has no cells in braille, and is left out there"
    named = ", ".join(f"“{sign}”" for sign in signs[:MOST_NAMED])
    more = f" and {len(signs) - MOST_NAMED} more" if len(signs) > MOST_NAMED else ""
    return f"{named}{more} have no cells in braille, and are left out there"
