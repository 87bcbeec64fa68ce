"""Turns the renderings of a publication into an edition in the output folder, with its ledger: the last step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from channels.base import File, Rendering, left_out_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import OutputError, RenderError
from proof.proof_file import proof_of
from publish import folder, manifest
from publish.cache_key import ROOT, CacheKey, SourceDocument, code_digests
from publish.explain import reasons_for
from publish.ledger import Ledger
from publish.results import Made, Output, Parsed, Published, ReadAndFinished
from publish.worker import Keys, Worker, rendered, result_of, understood

OUTSIDE = frozenset({"", ".", ".."})
"""What no part of a path may be."""
LONGEST_NAME = 255
"""The most bytes that a file's name may have, on every file system in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """All renderings of a document with their keys, by channel. `made` are those that were made in this last step."""

    renderings: Mapping[str, Rendering]
    keys: Mapping[str, CacheKey]
    made: tuple[Made, ...]


def finish(worker: Worker, *, source: Path, parsed: Parsed, keys: Keys) -> Published:
    """Publishes what was `parsed` from `source`: the renderings that have `keys`, and those of the channels that
    quote them, which are made now."""
    return _finished(worker, worker.subject(source, parsed), parsed, dict(keys))


def read_and_finish(worker: Worker, *, source: Path, place: str) -> ReadAndFinished | Parsed:
    """Reads and publishes in one step, if no channel is made separately. So there is one message each way, and
    nothing is pickled. If the document does not belong at `place`, which is reserved for it, it is only read."""
    subject, parsed = understood(worker, source)
    if subject is None:
        return parsed
    if parsed.place != place:
        return worker.handed_on(subject, parsed)
    done = result_of(lambda worker: _finished(worker, subject, parsed, {}), worker)
    return ReadAndFinished(parsed=parsed, done=done)


def _finished(worker: Worker, subject: SourceDocument, parsed: Parsed, keys: Mapping[str, CacheKey]) -> Published:
    complete = _complete(worker, subject, keys)
    if isinstance(complete, Complete) and not _agree(complete.keys.values()):
        complete = _complete(worker, subject, {}, told=frozenset(keys))
    if isinstance(complete, Made):
        return Published(diagnostics=complete.diagnostics)
    if not any(had.files for name, had in complete.renderings.items() if worker.config.channels[name].publishes):
        return Published(diagnostics=(_nothing_made(subject.document, complete.renderings),))
    return _publish(worker, subject, parsed, complete)


def _complete(
    worker: Worker, subject: SourceDocument, given: Mapping[str, CacheKey], told: frozenset[str] = frozenset()
) -> Complete | Made:
    """The renderings of all channels: those with a `given` key from the store, the others made now. If one has
    errors, returns that instead. Renderings in `told` are not reported again."""
    renderings: dict[str, Rendering] = {}
    keys: dict[str, CacheKey] = {}
    made: list[Made] = []
    for name in worker.config.channels:
        kept = worker.kept(given[name], subject.document) if name in given else None
        if kept is not None:
            renderings[name], keys[name] = kept, given[name]
            continue
        one, renderings[name] = rendered(worker, name, subject, worker.quoted(name, renderings))
        if one.key is None:
            return one
        keys[name] = one.key
        if name not in given and name not in told:
            made.append(one)
    return Complete(renderings=renderings, keys=keys, made=tuple(made))


def _agree(keys: Iterable[CacheKey]) -> bool:
    """True if all editions show the same files. They do not if a picture was saved between two of them."""
    shown = {pair for key in keys for pair in key.inputs}
    return len(shown) == len({name for name, _ in shown})


def _publish(worker: Worker, subject: SourceDocument, parsed: Parsed, complete: Complete) -> Published:
    """Swaps the edition in, unless the published one is already the same."""
    config, document, place = worker.config, subject.document, parsed.place
    target = config.output / place
    shown = {name: made for name, made in complete.renderings.items() if config.channels[name].publishes}
    channels = [(worker.channel(name, document), rendering) for name, rendering in shown.items()]
    departures = [d for channel, _ in channels for d in channel.departures(document)]
    departures += [d for channel, rendering in channels for d in left_out_of(channel, document, rendering)]
    published = (*shown.values(), *proof_of(document, shown.values(), departures))
    files = [file for rendering in published for file in rendering.files]
    _check_paths(files, place)
    made_with = {name: key.fingerprint for name, key in complete.keys.items()}
    sheet = manifest.manifest_of(document, subject.digest, published, made_with)
    changed = not _stands(target, sheet)
    ledger = _ledger(worker, subject, parsed, complete)
    reasons = reasons_for(worker.ledgers.get(subject.source), ledger, shown, target, worker.ledgers.code)
    if changed:
        content = [*((file.path, file.data) for file in files), (manifest.NAME, sheet)]
        links, flush = worker.links, config.flush
        folder.publish(config.output, place, content, foreign=manifest.foreign_in, flush=flush, links=links)
    outputs = _outputs(target, place, files)
    # If nothing changed, only explanations need the ledger. Then a cache that can only be read is enough.
    with nullcontext() if changed else suppress(OutputError):
        worker.ledgers.put(subject.source, replace(ledger, outputs=outputs))
    return Published(
        changed=changed,
        outputs=outputs,
        made=complete.made,
        reasons=reasons,
        far=ledger.far,
        programs=ledger.programs,
    )


def _ledger(worker: Worker, subject: SourceDocument, parsed: Parsed, complete: Complete) -> Ledger:
    """The ledger of an edition before it is published."""
    document, source = subject.document, subject.source
    channels = [worker.channel(name, document) for name in complete.keys]
    far = far_files(worker, subject)
    programs = tuple(sorted({program for channel in channels for program in channel.programs()}))
    warned = parsed.diagnostics or any(had.diagnostics for had in complete.renderings.values())
    with suppress(OutputError):  # only explanations need it
        for channel, key in zip(channels, complete.keys.values(), strict=True):
            worker.ledgers.put_code(key.code, partial(code_digests, channel, worker.hashes))
    return Ledger(
        place=parsed.place,
        title=parsed.title,
        far=far,
        programs=programs,
        outputs=(),
        parts=subject.parts,
        keys=complete.keys,
        look="" if warned else worker.ledgers.look_before(source, far, programs),
    )


def _nothing_made(document: Document, renderings: Mapping[str, Rendering]) -> Diagnostic:
    """The error that none of the channels asked for made a file. Each has said why in its notes."""
    said = "; ".join(f"{name}: {note}" for name, rendering in renderings.items() for note in rendering.notes)
    hint = "Ask for another channel, or leave out --channel for all that can be made."
    message = f"nothing can be made of this ({said})"
    return Diagnostic(severity="error", code="nothing-made", message=message, mark=document.language_mark, hint=hint)


def far_files(worker: Worker, subject: SourceDocument) -> tuple[str, ...]:
    """The files that channels read for a document and that lie neither in the program nor beside the source. A later
    run looks there anyway."""
    document, source = subject.document, subject.source
    inputs = {path for name in worker.config.channels for path in worker.channel(name, document).inputs(document)}
    beside, program, sources = f"{source.parent.absolute()}/", f"{ROOT}/", f"{ROOT}/source/"
    # A publisher's logo lies above the source, so its path is made absolute.
    paths = {os.path.abspath(path) for path in (*inputs, *map(Path, document.defaults))}  # noqa: PTH100
    return tuple(
        path
        for path in sorted(paths)
        if not path.startswith(beside) and (path.startswith(sources) or not path.startswith(program))
    )


def _stands(target: Path, sheet: bytes) -> bool:
    """True if `target` holds the edition that `sheet` lists, byte for byte."""
    try:
        if (target / manifest.NAME).read_bytes() != sheet:
            return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    return not manifest.faults_in(target)


def _outputs(target: Path, place: str, files: list[File]) -> tuple[Output, ...]:
    """The files that a later run compares. Sizes and times come from the files and folders themselves, since the
    exchange keeps them."""
    outputs = []
    folders = sorted(f"{inner or '.'}/" for inner in folder.folders_of(file.path for file in files))
    extra = [File(path=path, data=b"", media_type="") for path in (manifest.NAME, *folders)]
    for file in (*files, *extra):
        state = os.stat(f"{target}/{file.path}")  # noqa: PTH116 (a dozen times a page)
        outputs.append(Output.of(file, place, state.st_size, state.st_mtime_ns))
    return tuple(outputs)


def _check_paths(files: list[File], place: str) -> None:
    """Raises RenderError if two channels write one path, or if one writes outside its folder. That is a fault of the
    program."""
    seen = {manifest.NAME}
    for file in files:
        parts = file.path.split("/")
        if file.path in seen or not OUTSIDE.isdisjoint(parts):
            raise RenderError(f"{place}: a channel may not write {file.path!r}", "This is a fault of that channel.")
        if max(map(len, os.fsencode(file.path).split(b"/"))) > LONGEST_NAME:
            hint = "Give the publication's folder, or the section that it is called by, a shorter name."
            raise RenderError(f"{place}: no file may have a name as long as {parts[-1]!r}", hint)
        seen.add(file.path)
