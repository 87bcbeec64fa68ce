"""Measures the figures: each is a median over paired runs, as a ratio to a floor that is measured in the same call."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from bench import ROOT, SEED
from bench.corpus import write_corpus
from bench.measure import Cost, Memory, median, one_processor, run, spin_gain
from bench.peers import peers

CORPUS: Path = ROOT / "tests" / "corpus" / "govuk"
PIPELINE: list[str | Path] = [sys.executable, ROOT / "pipeline.py"]
ENGINES = ("--channel", "pdf", "--channel", "audio")
"""The channels that make what the engines of the floor make: leaflets and large print, and the recording."""
FONTS = ROOT / "channels" / "design" / "fonts" / "fonts.conf"
PLAIN_HTML = """
import sys, yaml, jinja2
from pathlib import Path
page = jinja2.Environment(autoescape=True).from_string('''<title>{{ title }}</title>{% for s in sections %}
<h2>{{ s.title }}</h2>{% for b in s.blocks %}<p>{{ b if b is string else b.text }}</p>{% endfor %}{% endfor %}''')
for path in sorted(Path(sys.argv[1]).glob("*/en.yaml")):
    text = page.render(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
    (Path(sys.argv[2]) / (path.parent.name + ".html")).write_text(text)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A line of the table. `met` is None if there is no goal, or if the figure could not be measured."""

    name: str
    ours: str = ""
    floor: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


class Bench:
    """Measures in the folder `place`, on input prepared there, with so many rounds for each figure."""

    def __init__(self, place: Path, rounds: int, documents: tuple[int, ...]) -> None:
        self.place, self.rounds, self.documents = place, rounds, documents
        self.prepared = place / "prepared.pickle"
        self.one = place / "one"
        (self.one / "guide").mkdir(parents=True)
        shutil.copy(SEED, self.one / "guide" / "en.yaml")
        run([sys.executable, "-m", "bench.prepare", SEED, self.prepared, place / "prepare-store"])

    def figures(self) -> Iterator[Figure]:
        """All figures, the quickest first."""
        yield from self.no_op()
        yield from self.cold()
        yield from self.edited()
        yield self.warm()
        yield self.saved()
        yield self.trifold()
        yield self.recording()
        yield from self.beside()
        yield self.sentence()
        yield self.dense()
        yield self.proof()
        yield self.imported()
        yield from self.html_alone()
        for count in self.documents:
            yield from self.many(count)

    # -------------------------------------------------------------------------------------------- commands

    def build(self, source: Path, name: str, *options: str) -> list[str | Path]:
        places: list[str | Path] = ["--output", self.place / name / "dist", "--cache", self.place / name / "cache"]
        return [*PIPELINE, "build", source, *places, "--quiet", *options]

    def floor(self, what: str, times: int = 1) -> list[str | Path]:
        return [sys.executable, ROOT / "bench" / "floor.py", what, str(times), self.prepared, FONTS]

    def fresh(self, name: str) -> None:
        """Moves the results under `name` aside. Deleting them would slow down the next measurement: a file system
        that has just freed thousands of files creates new ones at a third of its speed."""
        if (self.place / name).exists():
            (self.place / name).rename(self.place / f"{name}-{time.monotonic_ns()}")

    def paired(self, *measures: Callable[[], Cost]) -> list[Cost]:
        """The medians of `measures`, which are run in turns so that a busy moment affects all alike."""
        costs: list[list[Cost]] = [[] for _ in measures]
        for _ in range(self.rounds):
            for measure, found in zip(measures, costs, strict=True):
                found.append(measure())
        return [median(found) for found in costs]

    # -------------------------------------------------------------------------------------------- one document

    def no_op(self) -> Iterator[Figure]:
        """Nothing to do: for one document with all its editions, and for a thousand pages without leaflets, which
        would take an hour to make."""
        empty = [sys.executable, "-c", "pass"]
        corpus = write_corpus(self.place / "thousand", 1000)
        for count, source, options, goal in ((1, self.one, (), 60), (1000, corpus, ("--channel", "html"), 100)):
            command = self.build(source, f"no-op-{count}", *options)
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

    def cold(self) -> Iterator[Figure]:
        """Page, leaflets and recording from nothing."""

        def ours() -> Cost:
            self.fresh("cold")
            return run(self.build(self.one, "cold"))

        measures = [ours, lambda: run(self.floor("pdf"), self.floor("audio"))]
        script = ROOT / "bench" / "rival.sh"
        rival = all(shutil.which(program) for program in ("pandoc", "lame", "espeak-ng"))
        if rival:
            measures.append(lambda: run(["sh", script, SEED, self.place / "rival"], FONTCONFIG_FILE=str(FONTS)))
        made, floor, *others = self.paired(*measures)
        yield _compared("one document, cold", made, floor, 1.15)
        if rival:
            yield _compared("… against a shell script (pandoc, WeasyPrint, espeak-ng, lame)", made, others[0], 0.6)
        else:
            yield Figure(name="… against a shell script", floor="pandoc or lame is missing", goal="≤ 0.6")

    def edited(self) -> Iterator[Figure]:
        """One changed word in a fresh process, compared with laying out the leaflets again."""
        source = self.one / "guide" / "en.yaml"
        text = source.read_text(encoding="utf-8")
        run(self.build(self.one, "edited"))
        words = iter(range(1000))

        def ours() -> Cost:
            source.write_text(text.replace("our priority", f"our priority number {next(words)}"), encoding="utf-8")
            return run(self.build(self.one, "edited"))

        made, floor = self.paired(ours, lambda: run(self.floor("pdf")))
        source.write_text(text, encoding="utf-8")
        yield _compared("one word edited, fresh process (floor: the leaflets alone)", made, floor, 1.15)

    def warm(self) -> Figure:
        """One changed word under a preview with warm workers, from the change until the folder is replaced."""
        found = _asked("bench.warm", self.one / "guide" / "en.yaml", self.place / "warm", self.rounds)
        parts = ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in found["channels"].items())
        return Figure(
            name="one word edited, warm (preview)",
            ours=_ms(found["wall"]),
            floor=f"ms by channel: {parts}",
            goal="≤ 200 ms",
            met=found["wall"] <= 0.2,
        )

    def saved(self) -> Figure:
        """A word saved under a running preview: the time until each part can be seen."""
        found = _asked("bench.saved", self.one / "guide", self.rounds)
        return Figure(
            name="a word saved, in the preview: page, drafts of the leaflets, leaflets, whole",
            ours=", ".join(_ms(found[part]) for part in ("page", "drafts", "leaflets", "whole")),
            goal="≤ 150 ms, drafts ≤ 400 ms",
            met=found["page"] <= 0.15 and found["drafts"] <= 0.4,
        )

    def trifold(self) -> Figure:
        """The leaflet at a known size: the cost of the PDF channel without its search for the size."""
        found = _asked("bench.trifold", SEED, self.rounds)
        return Figure(
            name="the tri-fold at a fixed size, processor time",
            ours=f"fresh process {_ms(found['fresh'])}, warm {_ms(found['warm'])}, {found['peak']:.0f} MiB",
            goal="≤ 700 ms, 200 ms, 100 MiB",
            met=found["fresh"] <= 0.7 and found["warm"] <= 0.2 and found["peak"] <= 100,
        )

    def recording(self) -> Figure:
        """The recording alone, from nothing until it is checked and published, in processor time, because programs
        run side by side."""

        def ours() -> Cost:
            self.fresh("recording")
            return run(self.build(self.one, "recording", "--channel", "audio"))

        made, floor = self.paired(ours, lambda: run(self.floor("audio")))
        ratio = made.processor / floor.processor
        return Figure(
            name="the recording, cold, processor time (floor: espeak-ng and LAME)",
            ours=_ms(made.processor),
            floor=_ms(floor.processor),
            ratio=f"{ratio:.2f}",
            goal="≤ 1.15",
            met=ratio <= 1.15,
        )

    def beside(self) -> Iterator[Figure]:
        """The talking books with the tracks in a zip file, and braille: what each adds to a run that finds the
        recording in its store. One worker does all, so that each library is imported once."""
        run(self.build(self.one, "recorded", "--channel", "audio"))

        def made(*channels: str) -> Callable[[], Cost]:
            chosen = [word for channel in ("audio", *channels) for word in ("--channel", channel)]

            def ours() -> Cost:
                self.fresh("beside")
                shutil.copytree(self.place / "recorded" / "cache", self.place / "beside" / "cache")
                return run(self.build(self.one, "beside", "--jobs", "1", *chosen))

            return ours

        alone, books, braille = self.paired(made(), made("epub", "daisy", "tracks"), made("braille"))
        for name, cost in (("EPUB, DAISY and zip of tracks", books), ("braille", braille)):
            beyond = cost.processor - alone.processor
            yield Figure(
                name=f"{name}, beyond the recording, processor time",
                ours=_ms(beyond),
                floor=f"{_ms(alone.processor)} (the stored recording published)",
                goal="≤ 150 ms",
                met=beyond <= 0.15,
            )

    def sentence(self) -> Figure:
        """One changed sentence in a warm process: the cost of the recording before anything is encoded."""
        place = self.place / "sentence"
        place.mkdir()
        found = _asked("bench.sentence", SEED, place, self.rounds)
        return Figure(
            name="one sentence changed, warm, before encoding",
            ours=f"{_ms(found['wall'])} ({_ms(found['processor'])} processor)",
            goal="≤ 30 ms",
            met=found["wall"] <= 0.03,
        )

    def dense(self) -> Figure:
        """A page of 1 MB that is dense with one thing: the slowest of many kinds."""
        place = self.place / "dense"
        place.mkdir()
        found = _asked("bench.dense", place, self.rounds)
        slowest, seconds = next(iter(found.items()))
        return Figure(
            name=f"1 MB of one thing in a page, read and scripted, or refused ({len(found)} kinds)",
            ours=f"{seconds:.1f} s processor ({slowest})",
            goal="≤ 2 s",
            met=seconds <= 2,
        )

    def proof(self) -> Figure:
        """What reading back and comparing takes of the making of all editions of a page."""
        found = _asked("bench.proof", SEED, self.rounds)
        share = found["proving"] / (found["making"] + found["proving"])
        return Figure(
            name="the proof of all editions, of the processor time of making them",
            ours=f"{share:.1%} ({_ms(found['proving'])} of {found['making']:.1f} s)",
            goal="≤ 5 %",
            met=share <= 0.05,
        )

    def imported(self) -> Figure:
        """Pages of public bodies a second, from the saved page to a source that has been read, in one process."""
        pages = sorted(CORPUS.glob("*.html"))

        def ours() -> Cost:
            self.fresh("imported")
            return run([*PIPELINE, "import", "--no-check", "--to", self.place / "imported", *pages])

        (made,) = self.paired(ours)
        return Figure(
            name="import, pages a second of processor time",
            ours=f"{len(pages) / made.processor:.0f} ({len(pages)} pages of GOV.UK)",
        )

    # -------------------------------------------------------------------------------------------- many documents

    def html_alone(self) -> Iterator[Figure]:
        """Pages a second on one core in processor time, from YAML to published folders. A plain script that writes
        bare pages and the programs that people use run in turns on the same pages."""
        count = 200
        corpus = write_corpus(self.place / "pages", count)

        def ours() -> Cost:
            self.fresh("html")
            return run(self.build(corpus, "html", "--channel", "html", "--jobs", "1"))

        (self.place / "plain").mkdir(exist_ok=True)
        plain: list[str | Path] = [sys.executable, "-c", PLAIN_HTML, corpus, self.place / "plain"]
        others = list(peers(corpus, self.place / "peers"))
        made, floor, *theirs = self.paired(
            ours, lambda: run(plain), *(partial(run, list(peer.command)) for peer in others)
        )
        rate = count / made.processor
        yield Figure(
            name="HTML alone, pages a second of processor time",
            ours=f"{rate:.0f} ({count / made.wall:.0f} by the clock)",
            floor=f"{count / floor.processor:.0f} (plain YAML + Jinja2)",
            ratio=f"{floor.processor / made.processor:.2f}",
        )
        for peer, cost in zip(others, theirs, strict=True):
            ratio = cost.processor / made.processor
            yield Figure(
                name=f"… against {peer.name} ({peer.makes})",
                ours=f"{rate:.0f}",
                floor=f"{count / cost.processor:.0f}",
                ratio=f"{ratio:.2f}",
                goal="" if peer.goal is None else f"≥ {peer.goal:g}",
                met=None if peer.goal is None else ratio >= peer.goal,
            )

    def many(self, count: int) -> Iterator[Figure]:
        """Documents a second on two workers: of what the engines make, and of all editions. The gain from the second
        worker, and the memory."""
        corpus = write_corpus(self.place / f"corpus-{count}", count)
        yield self.like_the_engines(corpus, count)
        yield self.second_worker(min(count, 12))
        yield from self.all_editions(corpus, count)

    def like_the_engines(self, corpus: Path, count: int) -> Figure:
        """The leaflets, the large print and the recording, against the engines on as many documents before and after,
        in two processes side by side."""
        sample = max(1, min(count, 20) // 2)
        engines = [self.floor("both", sample), self.floor("both", sample)]
        before = run(*engines)
        self.fresh("many")
        made = run(self.build(corpus, "many", "--jobs", "2", *ENGINES))
        after = run(*engines)
        ours_rate, floor_rate = count / made.wall, 4 * sample / (before.wall + after.wall)
        ours_each = made.processor / count
        floor_each = (before.processor + after.processor) / (4 * sample)
        return Figure(
            name=f"{count} documents, leaflets, large print and recording, a second",
            ours=f"{ours_rate:.2f} ({ours_each:.2f} s processor each)",
            floor=f"{floor_rate:.2f} ({floor_each:.2f} s; the engines on the same)",
            ratio=f"{ours_rate / floor_rate:.2f}",
            goal="≥ 0.92",
            met=ours_rate / floor_rate >= 0.92,
        )

    def second_worker(self, count: int) -> Figure:
        """The gain from a second processor with a worker of its own. A single worker is held to one processor, with
        all that it starts, as a spin loop is."""
        few = write_corpus(self.place / "few", count)

        def built(jobs: int) -> float:
            self.fresh("many")
            return run(self.build(few, "many", "--jobs", str(jobs), *ENGINES)).wall

        floor = spin_gain()
        with one_processor():
            single = built(1)
        gain = single / built(2)
        floor = (floor + spin_gain()) / 2
        return Figure(
            name="a second processor with a worker gains",
            ours=f"× {gain:.2f} ({count} documents)",
            floor=f"× {floor:.2f} (spin loop)",
            ratio=f"{gain / floor:.2f}",
            goal="≥ 0.93",
            met=gain / floor >= 0.93,
        )

    def all_editions(self, corpus: Path, count: int) -> Iterator[Figure]:
        """The same documents with all editions of a usual build, from nothing, and the memory that a worker needs."""
        memory = Memory()
        self.fresh("many")
        made = run(self.build(corpus, "many", "--jobs", "2"), memory=memory)
        yield Figure(
            name=f"{count} documents, all editions (page, EPUB, DAISY, zip of tracks, braille, too), a second",
            ours=f"{count / made.wall:.2f} ({made.processor / count:.2f} s processor each)",
        )
        yield Figure(
            name=f"memory of a worker, {count} documents",
            ours=f"{memory.middle():.0f} MiB (highest moment {memory.highest():.0f})",
            goal="≤ 160 MiB",
            met=memory.middle() <= 160,
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
