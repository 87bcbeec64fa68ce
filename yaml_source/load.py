"""Turns a YAML file into a tree of nodes that know their places, or into diagnostics: safe YAML, one document.

Scalars stay text as the author typed it, except `true`, `false` and nothing at all. YAML's other guesses (`no`,
`1.10`, `0800`, `9:30`, a date) would change what was written before anyone could see it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from model.diagnostics import LARGEST_FILE, Diagnostic
from model.inlines import Mark
from yaml_source.letters import Folded, folded
from yaml_source.node import Keys, Node, plain
from yaml_source.quoting import entry_at, how_to_quote
from yaml_source.syntax_hints import slip_of, slip_of_text

MOST_BYTES: Final = LARGEST_FILE
MOST_NODES: Final = 50_000
MOST_DEPTH: Final = 40

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
COMMENT: Final = re.compile(r"\s+(#.*)")
CLEAN: Final = "Delete it; it may have come with pasted text."
STRING_TAGS = frozenset({None, "tag:yaml.org,2002:str"})
UNQUOTED: Final = {"true": True, "false": False, "": None, "null": None, "~": None}
"""What is no text without quotes."""
OPENING: Final = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
CLOSING: Final = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


@dataclass(slots=True, kw_only=True)
class Loaded:
    """A file's text, its lines and the tree of its values. `folded` are the pasted letters that were replaced."""

    root: Node
    text: str = ""
    folded: tuple[Folded, ...] = ()
    lines: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def data(self) -> Any:
        """The tree as dicts, lists, texts, flags and None, without places."""
        return plain(self.root)

    def mark(self, path: Keys) -> Mark:
        """The place of the value at `path`, or of the nearest value around it."""
        return self.root.at(path).mark


class _Refused(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def load(path: Path, *, pasted: bool = False) -> Loaded:
    """Reads the file at `path`. With `pasted`, for what authors write, pasted letters are folded. Where
    `diagnostics` is not empty, `root` must not be used."""
    loaded = Loaded(root=Node(value=None, mark=Mark(file=str(path), line=1, column=1)))
    try:
        loaded.text = _text(path)
        if pasted:
            loaded.text, loaded.folded = folded(loaded.text)
        loaded.lines = loaded.text.splitlines()
        _Builder(path, loaded).build()
    except _Refused as refused:
        loaded.diagnostics.append(refused.diagnostic)
    return loaded


def lines_of(path: Path) -> list[str]:
    """The lines of the file that an author wrote at `path`, with pasted letters folded. Empty where it has no text."""
    try:
        return folded(_text(path))[0].splitlines()
    except _Refused:
        return []


def _refuse(path: Path, code: str, message: str, hint: str, at: tuple[int, int] = (1, 1)) -> _Refused:
    mark = Mark(file=str(path), line=at[0], column=at[1])
    return _Refused(Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint))


def _text(path: Path) -> str:
    """The file's text. Refuses anything that is not a small UTF-8 text file."""
    try:
        if path.is_dir():
            raise _refuse(path, "not-a-file", "this is a folder", "Name the YAML file inside it, for example en.yaml.")
        if not path.exists():
            raise _refuse(path, "no-such-file", "there is no such file", "Check the spelling of the path.")
        if not path.is_file():
            raise _refuse(path, "not-a-file", "this is not an ordinary file", "Name a YAML file.")
        if path.stat().st_size > MOST_BYTES:
            raise _refuse(
                path,
                "too-large",
                f"the file has {path.stat().st_size:,} bytes; the most is {MOST_BYTES:,}",
                "A page of text is a few kilobytes: check that this is the right file.",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise _refuse(
            path, "cannot-read", f"the file cannot be read: {error.strerror}", "Check the file's permissions."
        ) from None
    return _checked(path, _decoded(path, raw))


def _decoded(path: Path, raw: bytes) -> str:
    hint = "Save the file as UTF-8 (in most editors: Save as, Encoding, UTF-8)."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse(path, "not-utf-8", "the file is UTF-16, not UTF-8", hint)
    try:
        text = raw.decode("utf-8-sig")
        return text if text.isascii() else unicodedata.normalize("NFC", text)  # é is one character, however it is typed
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{raw[error.start]:02X} here is not UTF-8 text"
        raise _refuse(path, "not-utf-8", message, hint, (line, column)) from None


def _checked(path: Path, text: str) -> str:
    if not text.strip():
        raise _refuse(
            path, "empty-file", "the file is empty", "Write `title:` first; the README shows a whole example."
        )
    if "\t" not in text and not CONTROL.search(text):
        return text
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line:
            raise _refuse(
                path,
                "tab",
                "a tab character",
                "Write spaces instead: two for each step of indentation.",
                (number, line.index("\t") + 1),
            )
        if found := CONTROL.search(line):
            raise _refuse(
                path,
                "control-character",
                f"a control character, U+{ord(found[0]):04X}",
                CLEAN,
                (number, found.start() + 1),
            )
    return text


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read. `key` is the key that waits for its value, `key_mark` its place."""

    node: Node
    key: str | None = None
    key_mark: Mark | None = None


class _Builder:
    """Builds the tree from YAML events without recursion, so that too many levels are a fault and never a crash."""

    def __init__(self, path: Path, loaded: Loaded) -> None:
        self.path = path
        self.file = str(path)
        self.loaded = loaded
        self.lines = [*loaded.lines, ""]
        self.comments = "#" in loaded.text
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def build(self) -> None:
        try:
            loader = yaml.CSafeLoader(self.loaded.text)
            try:
                while (event := loader.get_event()) is not None:
                    self._take(event)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            slip = slip_of(error, self.lines)
            raise _refuse(self.path, "not-yaml", slip.message, slip.hint, slip.at) from None
        except yaml.YAMLError as error:
            hint = "See the README for how a source file is written."
            raise _refuse(self.path, "not-yaml", str(error), hint) from None

    def _refused(self, event: Any, code: str, message: str, hint: str) -> _Refused:
        return _refuse(self.path, code, message, hint, (event.start_mark.line + 1, event.start_mark.column + 1))

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent or kind in OPENING:
            self.nodes += 1
            if self.nodes > MOST_NODES or event.anchor is not None or event.tag is not None:
                self._judge(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind in OPENING:
            self._open(event)
        elif kind in CLOSING:
            self.stack.pop()
        elif kind is yaml.AliasEvent:
            raise self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise self._refused(
                    event,
                    "many-documents",
                    "a second document starts here (---)",
                    "Keep one page in a file: delete the line with ---, or move the rest to a new file.",
                )

    def _alias(self, event: Any) -> _Refused:
        """The refusal of an alias (`*name` repeats another part), or of a text that begins with a star."""
        after = self.lines[event.end_mark.line][event.end_mark.column :].strip()
        at = (event.start_mark.line + 1, event.start_mark.column + 1)
        if after[:1] not in ("", "#", ",", "]", "}") and (slip := slip_of_text(self.lines, at)):
            return _refuse(self.path, "not-yaml", slip.message, slip.hint, slip.at)
        message = f"the alias *{event.anchor} repeats another part of the file"
        hint = "Write the words out where they are needed. A text that starts with * is written in quotes."
        return self._refused(event, "alias", message, hint)

    def _in_quotes(self, event: Any, sign: str) -> str:
        """A hint for a text whose first sign YAML takes for something else."""
        found = entry_at(self.lines, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.ScalarEvent) and found.text.startswith(sign) and event.value:
            return how_to_quote(found.text, goes_on=found.goes_on)
        return f"Delete it. A text that starts with {sign} is written in quotes."

    def _judge(self, event: Any) -> None:
        """Refuses a part too many, and what YAML has beside values: anchors, tags."""
        if self.nodes > MOST_NODES:
            raise self._refused(
                event,
                "too-large",
                f"the file has more than {MOST_NODES:,} parts",
                "Split it into several publications.",
            )
        if event.anchor is not None:
            raise self._refused(
                event,
                "alias",
                f"the anchor &{event.anchor} names a part for repeating",
                self._in_quotes(event, "&"),
            )
        if event.tag == "!":
            raise self._refused(event, "not-yaml", "the ! here would be lost", self._in_quotes(event, "!"))
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag in STRING_TAGS):
            raise self._refused(
                event, "unsafe-yaml", f"the tag {event.tag} is not allowed", self._in_quotes(event, "!")
            )

    def _open(self, event: Any) -> None:
        if len(self.stack) >= MOST_DEPTH:
            raise self._refused(
                event,
                "too-deep",
                f"more than {MOST_DEPTH} levels, one inside the other",
                "Check the indentation of these lines.",
            )
        node = Node(value={} if isinstance(event, yaml.MappingStartEvent) else [], mark=self._mark(event))
        self._place(event, node)
        self.stack.append(_Open(node))

    def _scalar(self, event: Any) -> None:
        if not event.value.isprintable() and (found := CONTROL.search(event.value)):
            raise self._refused(event, "control-character", f"a control character, U+{ord(found[0]):04X}", CLEAN)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.key is None and isinstance(top.node.value, dict):
            self._key(event, top, top.node.value)
            return
        value: str | bool | None = event.value
        if event.implicit[0] and event.tag is None:
            value = UNQUOTED.get(event.value, event.value)
        end = event.end_mark
        node = Node(value=value, mark=self._mark(event), last=end.line + (end.column > 0))
        if self.comments and event.implicit[0] and (found := COMMENT.match(self.lines[end.line], end.column)):
            node.comment = Mark(file=self.file, line=end.line + 1, column=found.start(1) + 1)
        self._place(event, node)

    def _key(self, event: Any, top: _Open, entries: dict[str, Node]) -> None:
        if event.value in entries:
            first = entries[event.value].key_mark
            raise self._refused(
                event,
                "duplicate-key",
                f"the key `{event.value}` stands here a second time",
                f"It stands in line {first.line} already: keep one of the two.",
            )
        top.key = event.value
        top.key_mark = self._mark(event)

    def _place(self, event: Any, node: Node) -> None:
        """Puts a node into the mapping or list that is being read, or makes it the root."""
        if not self.stack:
            self.loaded.root = node
            return
        top = self.stack[-1]
        match top.node.value:
            case list():
                top.node.value.append(node)
            case dict() if top.key is not None:
                node.key = top.key_mark
                top.node.value[top.key] = node
                top.key = None
            case _:
                raise self._refused(
                    event,
                    "not-yaml",
                    "a key must be a word, not a list or a mapping",
                    "A text with { or [ at its start is written in quotes.",
                )

    def _mark(self, event: Any) -> Mark:
        begin = event.start_mark
        return Mark(file=self.file, line=begin.line + 1, column=begin.column + 1)
