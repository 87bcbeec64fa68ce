"""The schedule decides what comes next and for which worker, without any process."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from channels.base import Entry
from model.diagnostics import Diagnostic
from model.errors import OutputError, PipelineError, RenderError, ToolMissing
from model.inlines import NOWHERE
from publish.cache_key import CacheKey
from publish.config import BuildConfig
from publish.results import Made, Parsed, Published, ReadAndFinished, Result
from publish.schedule import Schedule, Task
from tests.publish.conftest import Workshop, config_for
from tests.publish.fakes import REGISTRY


def config(*channels: str, apart: frozenset[str] = frozenset()) -> BuildConfig:
    chosen = {name: entry for name, entry in REGISTRY.items() if name in (channels or REGISTRY)}
    config = config_for(Workshop(root=Path()), chosen)
    return replace(config, apart=apart)


def key(channel: str) -> CacheKey:
    return CacheKey(document="a", fingerprint=channel, inputs=(), code="", needs=())


def result(task: Task) -> Result:
    match task.kind:
        case "read":
            return Parsed(document=b"document", digest=task.source.name, place=f"{task.source.name}/en")
        case "make":
            return Made(channel=task.channel, key=key(task.channel), stored=False, seconds=0.1)
        case "finish":
            return Published(changed=True)
        case "read and finish":
            parsed = Parsed(document=None, place=task.unit.partition(" ")[0])
            return ReadAndFinished(parsed=parsed, done=Published(changed=True))
        case _:
            return None


def step(schedule: Schedule, kind: str, lane: str = "processor") -> Task:
    task = schedule.next(lane)
    assert task is not None and task.kind == kind
    return task


def do(schedule: Schedule, kind: str) -> None:
    task = step(schedule, kind)
    schedule.done(task, result(task))


def all_steps(schedule: Schedule) -> list[Task]:
    """The tasks of a single worker, to the end."""
    tasks: list[Task] = []
    while not schedule.over:
        task = schedule.next()
        assert task is not None
        tasks.append(task)
        schedule.done(task, result(task))
    return tasks


def test_a_document_is_read_made_finished_and_then_the_list_written() -> None:
    kinds = [task.kind for task in all_steps(Schedule(config(), [Path("a")]))]
    assert kinds == ["read", "make", "make", "finish", "list"]


def test_the_slowest_channel_comes_first_and_what_quotes_others_last() -> None:
    tasks = all_steps(Schedule(config(), [Path("a")]))
    assert [task.channel for task in tasks if task.kind == "make"] == ["pdf", "audio"]
    (finish,) = [task for task in tasks if task.kind == "finish"]
    assert isinstance(finish.step, partial)
    assert finish.step.keywords["keys"] == (("audio", key("audio")), ("pdf", key("pdf")))
    assert finish.unit == "a/en html"


def test_a_worker_that_would_wait_loads_the_slowest_channel_that_no_other_has_each_once() -> None:
    schedule = Schedule(config(), [Path("a")])
    assert schedule.ahead("processor", frozenset()) is None
    step(schedule, "read")
    assert schedule.ahead("network", frozenset()) is None
    first = schedule.ahead("processor", frozenset({"audio"}))
    assert first is not None and (first.kind, first.channel) == ("load", "pdf")
    second = schedule.ahead("processor", frozenset({"audio"}))
    assert second is not None and second.channel == "html"
    assert schedule.ahead("processor", frozenset({"audio"})) is None


def test_what_is_made_or_has_a_worker_of_its_own_is_not_loaded_ahead() -> None:
    schedule = Schedule(config(apart=frozenset({"audio"})), [Path("a")])
    do(schedule, "read")
    do(schedule, "make")
    ahead = schedule.ahead("processor", frozenset())
    assert ahead is not None and ahead.channel == "html"
    page = Schedule(config("html"), [Path("a/en.yaml")])
    step(page, "read and finish")
    assert page.ahead("processor", frozenset()) is None


@pytest.mark.parametrize("fault", [ToolMissing("a package is missing"), OutputError("no room")])
def test_a_channel_that_cannot_be_loaded_ahead_stops_nothing(fault: PipelineError) -> None:
    schedule = Schedule(config(), [Path("a")])
    reading = step(schedule, "read")
    ahead = schedule.ahead("processor", frozenset())
    assert ahead is not None and schedule.done(ahead, fault) is None and schedule.again(ahead)
    schedule.done(reading, result(reading))
    assert [task.kind for task in all_steps(schedule)] == ["make", "make", "finish", "list"]


def test_a_page_alone_is_read_made_and_published_in_one_step() -> None:
    sources = [Path("a/en.yaml"), Path("b/en.yaml")]
    kinds = [task.kind for task in all_steps(Schedule(config("html"), sources))]
    assert kinds == ["read and finish", "read and finish", "list"]


def test_what_is_published_elsewhere_than_expected_or_where_another_may_be_is_read_first() -> None:
    schedule = Schedule(config("html"), [Path("My Guide/en.yaml"), Path("a/en.yaml"), Path("a/en.yml")])
    task = step(schedule, "read and finish")
    schedule.done(task, Parsed(document=b"document", place="my-guide/en"))
    assert step(schedule, "finish").unit == "my-guide/en html"
    assert [step(schedule, kind).source.name for kind in ("read and finish", "read")] == ["en.yaml", "en.yml"]


def test_a_fault_met_after_reading_in_one_step_leaves_what_was_read() -> None:
    schedule = Schedule(config("html"), [Path("a/en.yaml")])
    parsed = Parsed(document=None, place="a/en", title="A guide")
    done = ReadAndFinished(parsed=parsed, done=RenderError("it cannot be drawn"))
    edition = schedule.done(step(schedule, "read and finish"), done)
    assert edition is not None and edition.failed and schedule.settled(edition)
    assert (edition.place, edition.title) == ("a/en", "A guide")


def test_what_finishes_comes_before_what_begins_and_few_are_under_way() -> None:
    schedule = Schedule(config(), [Path(f"{number:03}") for number in range(200)])
    under_way: list[Task] = []
    while (task := schedule.next()) is not None:
        under_way.append(task)
        assert len(under_way) < 20
    assert len(all_steps(Schedule(config(), [Path(f"{number:03}") for number in range(200)]))) == 200 * 4 + 1


def test_a_worker_prefers_the_engine_it_has() -> None:
    schedule = Schedule(config(), [Path("a")])
    do(schedule, "read")
    first = schedule.next(loaded={"audio"}, elsewhere={"pdf"})
    second = schedule.next(elsewhere={"audio"})
    assert (first and first.channel, second and second.channel) == ("audio", "pdf")


def test_who_made_a_rendering_has_in_memory_what_quotes_it() -> None:
    assert Schedule(config(), [Path("a")]).near("audio") == {"audio"}
    below = {**REGISTRY, "book": Entry(path="", needs=("audio",))}
    assert Schedule(replace(config(), channels=below), []).near("audio") == {"audio", "book"}


def test_what_waits_for_the_network_has_a_lane_of_its_own() -> None:
    schedule = Schedule(config(apart=frozenset({"audio"})), [Path("a"), Path("b")])
    first, second = step(schedule, "read"), step(schedule, "read")
    for task in (first, second):
        schedule.done(task, result(task))
    assert [step(schedule, "make", lane="network").channel for _ in range(2)] == ["audio", "audio"]
    assert schedule.next("network") is None
    assert [step(schedule, "make").channel for _ in range(2)] == ["pdf", "pdf"]


@pytest.mark.parametrize(("channels", "kind"), [((), "read"), (("pdf",), "read"), (("html",), "read and finish")])
def test_a_task_whose_worker_died_is_tried_once_more(channels: tuple[str, ...], kind: str) -> None:
    schedule = Schedule(config(*channels), [Path("a")])
    task = step(schedule, kind)
    assert schedule.again(task)
    assert step(schedule, kind).source == task.source
    assert not schedule.again(task)


def test_a_fault_of_one_document_ends_that_one() -> None:
    schedule = Schedule(config(), [Path("a"), Path("b")])
    do(schedule, "read")
    task = step(schedule, "make")
    edition = schedule.done(task, RenderError("it warned"))
    assert edition is not None
    assert edition.failed
    rest = all_steps(schedule)
    assert schedule.settled(edition)
    assert [task.source.name for task in rest if task.kind == "finish"] == ["b"]
    assert rest[-1].kind == "list"


def test_what_is_wrong_is_said_by_every_channel_whichever_is_first() -> None:
    schedule = Schedule(config(), [Path("a")])
    do(schedule, "read")
    for number in range(2):
        make = step(schedule, "make")
        fault = Diagnostic(severity="error", code=make.channel, message="wrong", mark=NOWHERE, hint="Mend it.")
        made = Made(channel=make.channel, key=None, stored=False, seconds=0, diagnostics=(fault,))
        edition = schedule.done(make, made)
        assert edition is not None
        assert schedule.settled(edition) is (number == 1)
    assert {fault.code for fault in schedule.editions[0].diagnostics} == {"pdf", "audio"}
    assert not schedule.editions[0].made
    step(schedule, "list")


def test_a_fault_of_the_run_ends_the_run() -> None:
    schedule = Schedule(config(), [Path("a"), Path("b")])
    with pytest.raises(OutputError):
        schedule.done(step(schedule, "read"), OutputError("the disk is full"))


def test_two_sources_may_not_take_one_place() -> None:
    parsed = Parsed(document=b"", place="same/en")
    schedule = Schedule(config(), [Path("a"), Path("b")])
    for task in (step(schedule, "read"), step(schedule, "read")):
        schedule.done(task, parsed)
    assert [edition.failed for edition in schedule.editions] == [False, True]
    taken = Schedule(config(), [Path("a")], {"same/en": Path("standing")})
    taken.done(step(taken, "read"), parsed)
    assert taken.editions[0].diagnostics[0].code == "same-place"
