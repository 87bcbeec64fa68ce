"""The editor's loop: the editions side by side in a browser, made again whenever a source is saved.

Listens on 127.0.0.1 only, answers only requests that name it as their host and come from its own pages, and serves
nothing but the output folder, pictures of its PDFs and the preview's own three files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
import watchfiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from catalogue.index import TOKENS
from model.errors import Interrupted, PipelineError, UsageError
from preview.pictures import View, picture_of, views_of
from publish.build import build, editions_of
from publish.cache_key import ROOT
from publish.edition import Edition
from publish.faults import fault, faults
from publish.manifest import read_manifest
from publish.pool import Pool, processors
from publish.sources import find_sources
from publish.worker import BuildConfig, Output

TEMPLATES = Path(__file__).parent / "templates"
FRAMES = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
OWN = ("preview.css", "preview.js", "events.js")
OWN_FILES = {**dict.fromkeys(OWN, TEMPLATES), "tokens.css": TOKENS.parent}
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of an SVG that is opened by itself: no script runs, nothing is fetched."""

POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
SETTLE_MS = 30
PROGRAM = ("model", "yaml_source", "languages", "reader", "narration", "channels")
RUN = Path()  # stands for all sources, in a list of faults
MOST_PICTURES = 12  # of one PDF
LONGEST_NAME, LONGEST_PATH = 255, 4000  # bytes, of a file's name and of its path
PATIENCE = 5.0  # seconds that a build may go on once the sources have changed


@dataclass(slots=True, kw_only=True)
class Shown:
    """What the page shows: the last good editions, and what is wrong with the sources as they are now."""

    version: int = 0
    status: str = "Making …"
    faults: dict[Path, str] = field(default_factory=dict)
    warnings: dict[Path, str] = field(default_factory=dict)
    editions: dict[Path, Edition] = field(default_factory=dict)


class Builder:
    """Builds with warm workers, one build at a time, and tells those who listen."""

    def __init__(self, config: BuildConfig, typed: Sequence[Path], home: Path, jobs: int) -> None:
        self.config, self.typed, self.home = config, typed, home
        self.shown = Shown()
        self.over = threading.Event()
        self.changed: set[Path] = set()
        self.saved = threading.Event()  # something was saved since the build under way began
        self.begun = 0.0
        self.unfinished: frozenset[Path] = frozenset()  # the sources of a build that was stopped
        self.listeners: set[asyncio.Queue[tuple[str, str]]] = set()
        self.pool = Pool(config, jobs, self.outdated)
        for source in find_sources(typed, home):
            self._show_what_stands(source)

    def outdated(self) -> bool:
        """Whether the build under way is to stop: with the preview, or where it takes long and is of an older source
        than there is now. So one that never ends is over once its source is mended."""
        late = time.monotonic() - self.begun > PATIENCE
        return self.over.is_set() or (late and self.saved.is_set())

    def _show_what_stands(self, source: Path) -> None:
        """Until the first build, and for as long as a source is at fault: what is published from it."""
        place = f"{source.resolve().parent.name}/{source.stem}"
        sheet = read_manifest(self.config.output / place)
        if sheet is not None:
            outputs = tuple(
                Output(
                    path=f"{place}/{file['path']}",
                    size=file["size"],
                    changed=0,
                    role=file.get("role", "asset"),
                    media_type=file["media_type"],
                    title=file.get("title", ""),
                    pages=file.get("pages"),
                    seconds=file.get("seconds"),
                )
                for file in sheet["files"]
            )
            self.shown.editions[source] = Edition(source=source, place=place, title=sheet["title"], outputs=outputs)

    def tell(self, event: str) -> None:
        """Send what is shown to every open page."""
        for listener in self.listeners:
            listener.put_nowait((event, self.described()))

    def described(self) -> str:
        shown = self.shown
        said = {"faults": "\n".join(shown.faults.values()), "warnings": "\n".join(shown.warnings.values())}
        return json.dumps({"version": shown.version, "status": shown.status, **said})

    def build(self, changed: Iterable[Path] = ()) -> None:
        """Make what `changed` concerns: the sources beside it, or all where it is none of theirs."""
        begin = time.perf_counter()
        try:
            sources = find_sources(self.typed, self.home)
            folders = {path.resolve().parent for path in changed}
            beside = [source for source in sources if source.resolve().parent in folders]
            own = folders <= {source.resolve().parent for source in sources}
            some = own and beside and RUN not in self.shown.faults
            wanted = [source for source in sources if not some or source in beside or source in self.unfinished]
            self.unfinished = frozenset(wanted)
            editions = editions_of(build(self.config, wanted, self.pool))
            self.unfinished = frozenset()
        except Interrupted:  # by a newer source, or by the end of the preview
            return
        except PipelineError as error:
            self.shown.faults[RUN] = fault(error)
            self.shown.status = "Not made."
            return
        for said in (self.shown.faults, self.shown.warnings):
            for gone in [source for source in said if source not in sources]:
                del said[gone]
        for edition in editions:
            self._take(edition)
        self.shown.version += any(edition.changed for edition in editions) or not self.shown.version
        made = "Not made." if self.shown.faults else f"Made in {time.perf_counter() - begin:.2f} s."
        self.shown.status = made

    def _take(self, edition: Edition) -> None:
        said = faults([edition])
        self.shown.faults.pop(edition.source, None)
        self.shown.warnings.pop(edition.source, None)
        if said:
            (self.shown.faults if edition.failed else self.shown.warnings)[edition.source] = said
        if not edition.failed:
            self.shown.editions[edition.source] = edition

    def renew(self) -> None:
        """Other workers, with the program as it is now."""
        for worker in self.pool.workers:
            self.pool.replace(worker)


# ---------------------------------------------------------------------------------------------------- the server


class Published(StaticFiles):
    """The published files. A drawing that is opened by itself may do nothing but be looked at."""

    def file_response(self, *arguments: Any, **named: Any) -> Response:
        answer = super().file_response(*arguments, **named)
        if answer.headers.get("content-type", "").startswith("image/svg"):
            answer.headers["Content-Security-Policy"] = DRAWING
        return answer


class OwnRequestsOnly:
    """Refuses what another site may have sent: a foreign Host (a name made to lead here), a foreign Origin."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}
        self.origins = {b"http://" + host for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            foreign = headers.get(b"host") not in self.hosts or headers.get(b"origin") not in {None, *self.origins}
            if foreign or headers.get(b"sec-fetch-site", b"none") not in {b"none", b"same-origin"}:
                await PlainTextResponse("not for you\n", 403)(scope, receive, send)
                return
            if not _can_be_a_file(scope["path"]):
                await PlainTextResponse("not found\n", 404)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _can_be_a_file(path: str) -> bool:
    """Whether any file may have this path: no file system takes a NUL, or names beyond measure."""
    named = path.encode("utf-8", "surrogateescape")
    short = len(named) <= LONGEST_PATH and all(len(name) <= LONGEST_NAME for name in named.split(b"/"))
    return short and b"\0" not in named


def application(builder: Builder, port: int) -> ASGIApp:
    """The pages of the preview."""

    async def page(request: Request) -> Response:
        editions = list(builder.shown.editions.values())
        place = request.query_params.get("place")
        shown = next((one for one in editions if one.place == place), editions[0] if editions else None)
        outputs = shown.outputs if shown else ()
        html = FRAMES.get_template("preview.html.j2").render(
            version=builder.shown.version,
            status=builder.shown.status,
            faults="\n".join(builder.shown.faults.values()),
            warnings="\n".join(builder.shown.warnings.values()),
            editions=editions,
            shown=shown,
            page=next((item.path for item in outputs if item.role == "page"), None),
            printed=[(item, _views(builder.config.output / item.path)) for item in _titled(outputs, "application/pdf")],
            heard=_titled(outputs, "audio/mpeg"),
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    async def own_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in OWN_FILES:
            return PlainTextResponse("not found\n", 404)
        return FileResponse(OWN_FILES[name] / name)

    async def picture(request: Request) -> Response:
        path = (builder.config.output / request.path_params["path"]).resolve()
        if not path.is_relative_to(builder.config.output.resolve()) or path.suffix != ".pdf" or not path.is_file():
            return PlainTextResponse("not found\n", 404)
        data = await asyncio.to_thread(picture_of, path, request.path_params["number"])
        return Response(data, media_type="image/png", headers={"Cache-Control": "no-store"})

    async def events(_: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_listen(builder), media_type="text/event-stream", headers=headers)

    builder.config.output.mkdir(parents=True, exist_ok=True)
    routes = [
        Route("/", page),
        Route("/favicon.ico", lambda _: Response(status_code=204)),
        Route("/events", events),
        Route("/preview/{name}", own_file),
        Route("/pictures/{path:path}/{number:int}.png", picture),
        Mount("/dist", Published(directory=builder.config.output, html=True)),
    ]
    return OwnRequestsOnly(Starlette(routes=routes, lifespan=lambda _: _working(builder)), port)


def _titled(outputs: Sequence[Output], media_type: str) -> list[Output]:
    return [item for item in outputs if item.title and item.media_type == media_type]


def _views(path: Path) -> tuple[View, ...]:
    """What the pictures of a PDF show; none for one that a new version has just taken away."""
    try:
        return views_of(path)[:MOST_PICTURES]
    except FileNotFoundError:
        return ()


async def _listen(builder: Builder) -> AsyncIterator[str]:
    """Server-sent events: what is shown now, then every change, until the preview stops."""
    listener: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    builder.listeners.add(listener)
    try:
        yield f"event: built\ndata: {builder.described()}\n\n"
        while not builder.over.is_set():
            with suppress(TimeoutError):
                event, data = await asyncio.wait_for(listener.get(), 0.5)
                yield f"event: {event}\ndata: {data}\n\n"
    finally:
        builder.listeners.discard(listener)


@asynccontextmanager
async def _working(builder: Builder) -> AsyncIterator[None]:
    """Watch and build as long as the server runs; serve as long as somebody watches."""
    work = asyncio.create_task(_watch(builder))
    work.add_done_callback(_stop_serving)
    yield
    builder.over.set()
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


def _stop_serving(watching: asyncio.Task[None]) -> None:
    """Have the server stop where `watching` has ended by itself, which only a fault makes it do."""
    if not watching.cancelled():
        signal.raise_signal(signal.SIGTERM)


async def _watch(builder: Builder) -> None:
    """Build now, then whenever something is saved; who saves while a build goes on is heard."""
    async with asyncio.TaskGroup() as tasks:
        building = tasks.create_task(_build_all(builder, set()))
        async for found in _saved(builder):
            builder.changed |= found
            builder.saved.set()
            if building.done():
                changed, builder.changed = builder.changed, set()
                building = tasks.create_task(_build_all(builder, changed))


async def _saved(builder: Builder) -> AsyncIterator[set[Path]]:
    """What was saved, each time. Where the system watches no more files (inotify has run out), they are looked at again
    and again."""
    home = builder.home / "source"
    places = {path if path.is_dir() else path.parent for path in builder.typed} | {home}
    program = {ROOT / room for room in PROGRAM}
    watched = [path for path in (*places, *program) if path.is_dir()]
    for polling in (None, True):
        try:
            async for found in watchfiles.awatch(
                *watched,
                step=SETTLE_MS,
                debounce=10 * SETTLE_MS,
                rust_timeout=500,
                force_polling=polling,
                ignore_permission_denied=True,
            ):
                changed = {Path(path) for _, path in found if "__pycache__" not in path}
                if changed:
                    yield changed
            return
        except OSError as error:
            if polling:
                raise
            sys.stderr.write(f"note: the system cannot watch the sources ({error}); they are looked at instead\n")


async def _build_all(builder: Builder, changed: set[Path]) -> None:
    """Build what was `changed`, until nothing was saved meanwhile. A change of the program is met with new workers."""
    program = {ROOT / room for room in PROGRAM}
    while True:
        if any(path.is_relative_to(place) for path in changed for place in program):
            await asyncio.to_thread(builder.renew)
        builder.saved.clear()
        builder.begun = time.monotonic()
        builder.tell("building")
        await asyncio.to_thread(builder.build, changed)
        builder.tell("built")
        if not builder.changed:
            return
        changed, builder.changed = builder.changed, set()


class Server(uvicorn.Server):
    """A server that tells its open event streams to end when it is asked to."""

    def __init__(self, config: uvicorn.Config, over: threading.Event) -> None:
        super().__init__(config)
        self.over = over

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.over.set()
        super().handle_exit(sig, frame)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Being asked to end is Ctrl-C by other means; the server passes either on when it has closed."""
    raise KeyboardInterrupt


def run_preview(options: argparse.Namespace, config: BuildConfig, home: Path) -> int:
    """`preview`: until Ctrl-C. Raises UsageError where the port is taken or no source is found."""
    find_sources(options.sources, home)
    signal.signal(signal.SIGTERM, _stop)
    try:
        listening = socket.create_server(("127.0.0.1", options.port))
    except OSError as error:
        raise UsageError(
            f"port {options.port} cannot be used: {error.strerror}", "Choose another with --port."
        ) from error
    port = listening.getsockname()[1]
    builder = Builder(replace(config, flush=False), options.sources, home, options.jobs or processors())
    # Workers are forked before the server has threads.
    with listening, builder.pool:
        print(f"Preview at http://127.0.0.1:{port}/  (Ctrl-C stops it)", flush=True)
        server = uvicorn.Config(
            application(builder, port),
            log_level="error",
            ws="none",
            timeout_keep_alive=1,  # an idle browser must not outlast the time in which the server stops
            timeout_graceful_shutdown=2,
            access_log=False,
        )
        with suppress(KeyboardInterrupt):
            Server(server, builder.over).run(sockets=[listening])
    print("Preview stopped.")
    return 0
