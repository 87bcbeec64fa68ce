"""The schedule: what comes next and for whom, without any process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model.diagnostics import Diagnostic
from model.document import NOWHERE
from model.errors import OutputError, RenderError
from publish.build import Schedule
from publish.cache_key import Recipe
from publish.worker import BuildConfig, Done, Failed, Finish, Index, Made, Make, Published, Read, Readout, Task, Warm
from tests.publish.conftest import Workshop, config_for
from tests.publish.fakes import REGISTRY

NOBODY: set[str] = set()


def config(*channels: str, apart: frozenset[str] = frozenset()) -> BuildConfig:
    chosen = {name: entry for name, entry in REGISTRY.items() if name in (channels or REGISTRY)}
    config = config_for(Workshop(root=Path()), chosen)
    return replace(config, apart=apart)


def read(source: Path, *, good: bool = True) -> Readout:
    return Readout(document=b"document" if good else None, digest=source.name, place=f"{source.name}/en")


def made(task: Task) -> Made:
    assert isinstance(task, Make)
    return Made(channel=task.channel, recipe=recipe(task.channel), stored=False, seconds=0.1)


def recipe(channel: str) -> Recipe:
    return Recipe(document="a", fingerprint=channel, inputs=(), code=(), needs=())


PUBLISHED = Published(changed=True, outputs=(), made=(), reasons=())


def outcome(task: Task) -> Readout | Made | Published | Done:
    match task:
        case Read():
            return read(task.source)
        case Make():
            return made(task)
        case Finish():
            return PUBLISHED
        case _:
            return Done()


def step(schedule: Schedule, warmed: set[str] | None = None, lane: str = "processor") -> Task | None:
    return schedule.next(warmed or NOBODY, NOBODY, lane)


def all_steps(schedule: Schedule) -> list[Task]:
    """One worker alone, to the end."""
    tasks: list[Task] = []
    warmed: set[str] = set()
    while not schedule.over:
        task = schedule.next(warmed, NOBODY)
        assert task is not None
        warmed |= {task.channel} if isinstance(task, Make | Warm) else set()
        tasks.append(task)
        schedule.done(task, outcome(task))
    return tasks


def test_a_document_is_read_made_finished_and_then_the_index_written() -> None:
    kinds = [type(task).__name__ for task in all_steps(Schedule(config(), [Path("a")]))]
    assert kinds == ["Read", "Make", "Make", "Finish", "Index"]


def test_the_slowest_channel_comes_first_and_what_quotes_others_last() -> None:
    tasks = all_steps(Schedule(config(), [Path("a")]))
    assert [task.channel for task in tasks if isinstance(task, Make)] == ["pdf", "audio"]
    (finish,) = [task for task in tasks if isinstance(task, Finish)]
    assert finish.recipes == (("audio", recipe("audio")), ("pdf", recipe("pdf")))


def test_an_idle_worker_imports_ahead_what_it_may_have_to_make() -> None:
    for channels, ahead in (((), Warm(channel="pdf")), (("html",), None)):
        schedule = Schedule(config(*channels), [Path("a")])
        assert step(schedule) == Read(source=Path("a"))
        assert step(schedule) == ahead


def test_a_single_channel_is_made_where_it_is_published() -> None:
    assert [type(task).__name__ for task in all_steps(Schedule(config("html"), [Path("a")]))] == [
        "Read",
        "Finish",
        "Index",
    ]


def test_what_finishes_comes_before_what_begins_and_few_are_under_way() -> None:
    schedule = Schedule(config(), [Path(f"{number:03}") for number in range(200)])
    under_way: list[Task] = []
    while (task := schedule.next(NOBODY, {"pdf", "audio", "html"})) is not None and isinstance(task, Read):
        under_way.append(task)
        assert len(under_way) < 20
    assert len(all_steps(Schedule(config(), [Path(f"{number:03}") for number in range(200)]))) == 200 * 4 + 1


def test_a_worker_prefers_the_engine_it_has() -> None:
    schedule = Schedule(config(), [Path("a")])
    task = step(schedule)
    assert task is not None
    schedule.done(task, outcome(task))
    assert schedule.next({"audio"}, {"pdf"}) == Make(
        source=Path("a"), document=b"document", digest="a", channel="audio"
    )
    assert schedule.next(NOBODY, {"audio"}) == Make(source=Path("a"), document=b"document", digest="a", channel="pdf")


def test_who_has_nothing_to_do_imports_what_comes_next() -> None:
    schedule = Schedule(config(), [Path("a")])
    assert isinstance(step(schedule), Read)
    assert step(schedule) == Warm(channel="pdf")
    assert schedule.next(NOBODY, {"pdf"}) == Warm(channel="audio")


def test_an_engine_that_kills_its_worker_is_not_imported_ahead_for_ever() -> None:
    schedule = Schedule(config(), [Path("a")])
    step(schedule)
    assert step(schedule) == Warm(channel="pdf")
    assert schedule.again(Warm(channel="pdf"))
    assert step(schedule) == Warm(channel="audio")


def test_what_waits_for_the_network_has_a_lane_of_its_own() -> None:
    schedule = Schedule(config(apart=frozenset({"audio"})), [Path("a"), Path("b")])
    for task in [step(schedule), step(schedule)]:
        assert task is not None
        schedule.done(task, outcome(task))
    assert [getattr(step(schedule, lane="network"), "channel", None) for _ in range(3)] == ["audio", "audio", None]
    assert [getattr(step(schedule), "channel", None) for _ in range(2)] == ["pdf", "pdf"]


def test_a_task_whose_worker_died_is_tried_once_more() -> None:
    schedule = Schedule(config("pdf"), [Path("a")])
    task = step(schedule)
    assert task == Read(source=Path("a"))
    assert schedule.again(task)
    assert step(schedule) == task
    assert not schedule.again(task)


def test_a_fault_of_one_document_ends_that_one() -> None:
    schedule = Schedule(config(), [Path("a"), Path("b")])
    first = step(schedule)
    assert isinstance(first, Read)
    schedule.done(first, read(first.source))
    task = step(schedule, {"pdf"})
    assert isinstance(task, Make)
    edition = schedule.done(task, Failed(error=RenderError("it warned")))
    assert edition is not None
    assert edition.failed
    rest = all_steps(schedule)
    assert schedule.settled(edition)
    assert [task.source.name for task in rest if isinstance(task, Finish)] == ["b"]
    assert isinstance(rest[-1], Index)


def test_what_is_wrong_is_said_by_every_channel_whichever_is_first() -> None:
    schedule = Schedule(config(), [Path("a")])
    task = step(schedule)
    assert isinstance(task, Read)
    schedule.done(task, read(task.source))
    for number in range(2):
        make = step(schedule)
        assert isinstance(make, Make)
        fault = Diagnostic(severity="error", code=make.channel, message="", mark=NOWHERE)
        edition = schedule.done(make, Failed(diagnostics=(fault,)))
        assert edition is not None
        assert schedule.settled(edition) is (number == 1)
    assert {fault.code for fault in schedule.editions[0].diagnostics} == {"pdf", "audio"}
    assert isinstance(step(schedule), Index)


def test_a_fault_of_the_run_ends_the_run() -> None:
    schedule = Schedule(config(), [Path("a"), Path("b")])
    task = step(schedule)
    assert task is not None
    with pytest.raises(OutputError):
        schedule.done(task, Failed(error=OutputError("the disk is full")))


def test_two_sources_may_not_take_one_place() -> None:
    schedule = Schedule(config("html"), [Path("a"), Path("b")])
    for task in [step(schedule), step(schedule)]:
        assert isinstance(task, Read)
        schedule.done(task, Readout(document=b"", place="same/en"))
    assert [edition.failed for edition in schedule.editions] == [False, True]
    taken = Schedule(config("html"), [Path("a")], {"same/en": Path("standing")})
    task = step(taken)
    assert task is not None
    taken.done(task, Readout(document=b"", place="same/en"))
    assert taken.editions[0].diagnostics[0].code == "same-place"
