"""Measures what many pages cost: how many come in a second, and the memory of a worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import ROOT
from bench.corpus import write_corpus
from bench.figures import PIPELINE, Bench, Figure
from bench.measure import Cost, Memory, one_processor, run, spin_gain
from bench.peers import peers

CORPUS: Path = ROOT / "tests" / "corpus" / "govuk"
ENGINES = ("--channel", "pdf", "--channel", "audio")
"""The channels that make what the engines of the floor make: leaflets and large print, and the recording."""
PLAIN_HTML = """
import sys, yaml, jinja2
from pathlib import Path
page = jinja2.Environment(autoescape=True).from_string('''<title>{{ title }}</title>{% for s in sections %}
<h2>{{ s.title }}</h2>{% for b in s.blocks %}<p>{{ b if b is string else b.text }}</p>{% endfor %}{% endfor %}''')
for path in sorted(Path(sys.argv[1]).glob("*/en.yaml")):
    text = page.render(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
    (Path(sys.argv[2]) / (path.parent.name + ".html")).write_text(text)
"""


def figures(bench: Bench) -> Iterator[Figure]:
    """All figures of many pages, the quickest first."""
    yield imported(bench)
    yield from html_alone(bench)
    for count in bench.documents:
        yield from many(bench, count)


def imported(bench: Bench) -> Figure:
    """Pages of public bodies a second, from the saved page to a source that has been read, in one process."""
    pages = sorted(CORPUS.glob("*.html"))

    def ours() -> Cost:
        bench.fresh("imported")
        return run([*PIPELINE, "import", "--no-check", "--to", bench.place / "imported", *pages])

    (made,) = bench.paired(ours)
    return Figure(
        name="import, pages a second of processor time",
        ours=f"{len(pages) / made.processor:.0f} ({len(pages)} pages of GOV.UK)",
    )


def html_alone(bench: Bench) -> Iterator[Figure]:
    """Pages a second on one core in processor time, from YAML to published folders. A plain script that writes
    bare pages and the programs that people use run in turns on the same pages."""
    count = 200
    corpus = write_corpus(bench.place / "pages", count)

    def ours() -> Cost:
        bench.fresh("html")
        return run(bench.build(corpus, "html", "--channel", "html", "--jobs", "1"))

    (bench.place / "plain").mkdir(exist_ok=True)
    plain: list[str | Path] = [sys.executable, "-c", PLAIN_HTML, corpus, bench.place / "plain"]
    others = list(peers(corpus, bench.place / "peers"))
    made, floor, *theirs = bench.paired(
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


def many(bench: Bench, count: int) -> Iterator[Figure]:
    """Documents a second on two workers: of what the engines make, and of all editions. The gain from the second
    worker, and the memory."""
    corpus = write_corpus(bench.place / f"corpus-{count}", count)
    yield like_the_engines(bench, corpus, count)
    yield second_worker(bench, min(count, 12))
    yield from all_editions(bench, corpus, count)


def like_the_engines(bench: Bench, corpus: Path, count: int) -> Figure:
    """The leaflets, the large print and the recording, against the engines on as many documents before and after,
    in two processes side by side."""
    sample = max(1, min(count, 20) // 2)
    engines = [bench.floor("both", sample), bench.floor("both", sample)]
    before = run(*engines)
    bench.fresh("many")
    made = run(bench.build(corpus, "many", "--jobs", "2", *ENGINES))
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


def second_worker(bench: Bench, count: int) -> Figure:
    """The gain from a second processor with a worker of its own. A single worker is held to one processor, with
    all that it starts, as a spin loop is."""
    few = write_corpus(bench.place / "few", count)

    def built(jobs: int) -> float:
        bench.fresh("many")
        return run(bench.build(few, "many", "--jobs", str(jobs), *ENGINES)).wall

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


def all_editions(bench: Bench, corpus: Path, count: int) -> Iterator[Figure]:
    """The same documents with all editions of a usual build, from nothing, and the memory that a worker needs."""
    memory = Memory()
    bench.fresh("many")
    made = run(bench.build(corpus, "many", "--jobs", "2"), memory=memory)
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
