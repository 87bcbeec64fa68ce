"""Measures what one page costs, and a run with nothing to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

from bench import ROOT, SEED
from bench.corpus import write_corpus
from bench.figures import FONTS, Bench, Figure
from bench.measure import Cost, median, run


def figures(bench: Bench) -> Iterator[Figure]:
    """All figures of one page, the quickest first."""
    yield from no_op(bench)
    yield from cold(bench)
    yield from edited(bench)
    yield warm(bench)
    yield saved(bench)
    yield trifold(bench)
    yield recording(bench)
    yield from beside(bench)
    yield sentence(bench)
    yield dense(bench)
    yield proof(bench)


def no_op(bench: Bench) -> Iterator[Figure]:
    """Nothing to do: for one document with all its editions, and for a thousand pages without leaflets, which
    would take an hour to make."""
    empty = [sys.executable, "-c", "pass"]
    corpus = write_corpus(bench.place / "thousand", 1000)
    for count, source, options, goal in ((1, bench.one, (), 60), (1000, corpus, ("--channel", "html"), 100)):
        command = bench.build(source, f"no-op-{count}", *options)
        run(command)
        run(command)
        ours, floor = _often(partial(run, command), partial(run, empty))
        yield Figure(
            name=f"nothing to do, {count} document{'s' * (count > 1)}",
            ours=_ms(ours.wall),
            floor=f"{_ms(floor.wall)} (empty interpreter)",
            ratio=f"{ours.wall / floor.wall:.2f}",
            goal=f"≤ {goal} ms",
            met=ours.wall * 1000 <= goal,
        )


def cold(bench: Bench) -> Iterator[Figure]:
    """Page, leaflets and recording from nothing."""

    def ours() -> Cost:
        bench.fresh("cold")
        return run(bench.build(bench.one, "cold"))

    measures = [ours, lambda: run(bench.floor("pdf"), bench.floor("audio"))]
    script = ROOT / "bench" / "rival.sh"
    rival = all(shutil.which(program) for program in ("pandoc", "lame", "espeak-ng"))
    if rival:
        measures.append(lambda: run(["sh", script, SEED, bench.place / "rival"], FONTCONFIG_FILE=str(FONTS)))
    made, floor, *others = bench.paired(*measures)
    yield _compared("one document, cold", made, floor, 1.15)
    if rival:
        yield _compared("… against a shell script (pandoc, WeasyPrint, espeak-ng, lame)", made, others[0], 0.6)
    else:
        yield Figure(name="… against a shell script", floor="pandoc or lame is missing", goal="≤ 0.6")


def edited(bench: Bench) -> Iterator[Figure]:
    """One changed word in a fresh process, compared with laying out the leaflets again."""
    source = bench.one / "guide" / "en.yaml"
    text = source.read_text(encoding="utf-8")
    run(bench.build(bench.one, "edited"))
    words = iter(range(1000))

    def ours() -> Cost:
        source.write_text(text.replace("our priority", f"our priority number {next(words)}"), encoding="utf-8")
        return run(bench.build(bench.one, "edited"))

    made, floor = bench.paired(ours, lambda: run(bench.floor("pdf")))
    source.write_text(text, encoding="utf-8")
    yield _compared("one word edited, fresh process (floor: the leaflets alone)", made, floor, 1.15)


def warm(bench: Bench) -> Figure:
    """One changed word under a preview with warm workers, from the change until the folder is replaced."""
    found = _asked("bench.warm", bench.one / "guide" / "en.yaml", bench.place / "warm", bench.rounds)
    parts = ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in found["channels"].items())
    return Figure(
        name="one word edited, warm (preview)",
        ours=_ms(found["wall"]),
        floor=f"ms by channel: {parts}",
        goal="≤ 200 ms",
        met=found["wall"] <= 0.2,
    )


def saved(bench: Bench) -> Figure:
    """A word saved under a running preview: the time until each part can be seen."""
    found = _asked("bench.saved", bench.one / "guide", bench.rounds)
    return Figure(
        name="a word saved, in the preview: page, drafts of the leaflets, leaflets, whole",
        ours=", ".join(_ms(found[part]) for part in ("page", "drafts", "leaflets", "whole")),
        goal="≤ 150 ms, drafts ≤ 400 ms",
        met=found["page"] <= 0.15 and found["drafts"] <= 0.4,
    )


def trifold(bench: Bench) -> Figure:
    """The leaflet at a known size: the cost of the PDF channel without its search for the size."""
    found = _asked("bench.trifold", SEED, bench.rounds)
    return Figure(
        name="the tri-fold at a fixed size, processor time",
        ours=f"fresh process {_ms(found['fresh'])}, warm {_ms(found['warm'])}, {found['peak']:.0f} MiB",
        goal="≤ 700 ms, 200 ms, 100 MiB",
        met=found["fresh"] <= 0.7 and found["warm"] <= 0.2 and found["peak"] <= 100,
    )


def recording(bench: Bench) -> Figure:
    """The recording alone, from nothing until it is checked and published, in processor time, because programs
    run side by side."""

    def ours() -> Cost:
        bench.fresh("recording")
        return run(bench.build(bench.one, "recording", "--channel", "audio"))

    made, floor = bench.paired(ours, lambda: run(bench.floor("audio")))
    ratio = made.processor / floor.processor
    return Figure(
        name="the recording, cold, processor time (floor: espeak-ng and LAME)",
        ours=_ms(made.processor),
        floor=_ms(floor.processor),
        ratio=f"{ratio:.2f}",
        goal="≤ 1.15",
        met=ratio <= 1.15,
    )


def beside(bench: Bench) -> Iterator[Figure]:
    """The talking books with the tracks in a zip file, and braille: what each adds to a run that finds the
    recording in its store. One worker does all, so that each library is imported once."""
    run(bench.build(bench.one, "recorded", "--channel", "audio"))

    def made(*channels: str) -> Callable[[], Cost]:
        chosen = [word for channel in ("audio", *channels) for word in ("--channel", channel)]

        def ours() -> Cost:
            bench.fresh("beside")
            shutil.copytree(bench.place / "recorded" / "cache", bench.place / "beside" / "cache")
            return run(bench.build(bench.one, "beside", "--jobs", "1", *chosen))

        return ours

    alone, books, braille = bench.paired(made(), made("epub", "daisy", "tracks"), made("braille"))
    for name, cost in (("EPUB, DAISY and zip of tracks", books), ("braille", braille)):
        beyond = cost.processor - alone.processor
        yield Figure(
            name=f"{name}, beyond the recording, processor time",
            ours=_ms(beyond),
            floor=f"{_ms(alone.processor)} (the stored recording published)",
            goal="≤ 150 ms",
            met=beyond <= 0.15,
        )


def sentence(bench: Bench) -> Figure:
    """One changed sentence in a warm process: the cost of the recording before anything is encoded."""
    place = bench.place / "sentence"
    place.mkdir()
    found = _asked("bench.sentence", SEED, place, bench.rounds)
    return Figure(
        name="one sentence changed, warm, before encoding",
        ours=f"{_ms(found['wall'])} ({_ms(found['processor'])} processor)",
        goal="≤ 30 ms",
        met=found["wall"] <= 0.03,
    )


def dense(bench: Bench) -> Figure:
    """A page of 1 MB that is dense with one thing: the slowest of many kinds."""
    place = bench.place / "dense"
    place.mkdir()
    found = _asked("bench.dense", place, bench.rounds)
    slowest, seconds = next(iter(found.items()))
    return Figure(
        name=f"1 MB of one thing in a page, read and scripted, or refused ({len(found)} kinds)",
        ours=f"{seconds:.1f} s processor ({slowest})",
        goal="≤ 2 s",
        met=seconds <= 2,
    )


def proof(bench: Bench) -> Figure:
    """What reading back and comparing takes of the making of all editions of a page."""
    found = _asked("bench.proof", SEED, bench.rounds)
    share = found["proving"] / (found["making"] + found["proving"])
    return Figure(
        name="the proof of all editions, of the processor time of making them",
        ours=f"{share:.1%} ({_ms(found['proving'])} of {found['making']:.1f} s)",
        goal="≤ 5 %",
        met=share <= 0.05,
    )


def _asked(module: str, *arguments: object) -> dict[str, Any]:
    """The JSON that a module of the benchmark prints, run in a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return cast(dict[str, Any], json.loads(done.stdout))


def _often(first: Callable[[], Cost], second: Callable[[], Cost]) -> tuple[Cost, Cost]:
    """The medians of fifteen runs in turns, for figures of a few milliseconds."""
    pairs = [(first(), second()) for _ in range(15)]
    return median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])


def _compared(name: str, ours: Cost, floor: Cost, goal: float) -> Figure:
    ratio = ours.wall / floor.wall
    return Figure(
        name=name,
        ours=f"{ours.wall:.2f} s ({ours.processor:.2f} s processor)",
        floor=f"{floor.wall:.2f} s ({floor.processor:.2f} s)",
        ratio=f"{ratio:.2f}",
        goal=f"≤ {goal}",
        met=ratio <= goal,
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
