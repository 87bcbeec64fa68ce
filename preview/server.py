"""The editor's loop: shows the editions side by side in a browser, and makes them again whenever a source is saved.

The server listens on 127.0.0.1 only. It answers only requests that name it as their host and come from its own
pages. It serves only the output folder, pictures of its PDFs and the preview's own files. While it runs, what is saved
is made again (watching.py).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import threading
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from catalogue.index import DESIGN
from channels.design.frames import environment_of
from model.errors import UsageError
from preview.builder import Builder
from preview.pictures import NOT_DRAWN, View, picture_of, views_of
from preview.watching import watch
from publish.config import BuildConfig
from publish.edition import Edition
from publish.pool import processors
from publish.results import Output
from reader.sources import find_sources

TEMPLATES = Path(__file__).parent / "templates"
FRAMES = environment_of(TEMPLATES)
OWN = ("preview.css", "preview.js", "events.js")
OWN_FILES = {**dict.fromkeys(OWN, TEMPLATES), "tokens.css": DESIGN}
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"
"""The policy for an SVG that is opened by itself: no script runs, nothing is fetched."""

POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
MOST_PICTURES = 12  # of one PDF
MOST_EVENTS = 20  # that wait for one page
CUT_AFTER = 1.0  # seconds for the pages to end when the preview ends
LONGEST_NAME, LONGEST_PATH = 255, 4000  # bytes, of a file's name and of its path


class Published(StaticFiles):
    """The published files. A drawing that is opened by itself can only be looked at."""

    async def check_config(self) -> None:
        """Asks nothing of the folder: it may be deleted, and made again by the next build."""

    def file_response(self, *arguments: Any, **named: Any) -> Response:
        answer = super().file_response(*arguments, **named)
        if answer.headers.get("content-type", "").startswith("image/svg"):
            answer.headers["Content-Security-Policy"] = DRAWING
        return answer


class OwnRequestsOnly:
    """Refuses what another site may have sent: a foreign Host (a name that was made to lead here), a foreign Origin."""

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
    """True if a file may have this path. No file system takes a NUL or very long names."""
    named = path.encode("utf-8", "surrogateescape")
    short = len(named) <= LONGEST_PATH and all(len(name) <= LONGEST_NAME for name in named.split(b"/"))
    return short and b"\0" not in named


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as the preview shows it: its address, how it was made if it is a draft, and the pictures of its pages or
    panels."""

    output: Output
    address: str
    picture: str = ""
    draft: str = ""
    views: tuple[View, ...] = ()


class Pages:
    """The answers for each address of the preview."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.places = {"dist": builder.config.output, "draft": builder.draft_config.output}
        self.places |= {"part": builder.aside / "parts", "file": builder.aside / "files"}

    async def page(self, request: Request) -> Response:
        """The editions of one publication side by side."""
        shown = self.builder.shown
        editions = list(shown.editions.values())
        place = request.query_params.get("place")
        edition = next((one for one in editions if one.place == place), editions[0] if editions else None)
        at = edition.place if edition else next(iter(shown.drafts), "")
        html = FRAMES.get_template("preview.html.j2").render(
            revision=shown.revision,
            version=shown.version,
            status=shown.status,
            **shown.said(),
            editions=editions,
            place=at,
            parts=shown.under_way.get(at, {}),
            draft=at in shown.drafts,
            page=self._page(at, edition),
            printed=[self._seen(at, item) for item in self._titled(at, edition, "application/pdf")],
            heard=[self._seen(at, item) for item in self._titled(at, edition, "audio/mpeg")],
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    def _page(self, place: str, edition: Edition | None) -> str | None:
        """The address of the page, or of its draft if there is one."""
        drafted = self.builder.shown.drafts.get(place)
        if drafted is not None:
            return f"/draft/{place}/index.html?{drafted}"
        outputs = edition.outputs if edition else ()
        made = next((item.path for item in outputs if item.role == "page"), None)
        return None if made is None else f"/dist/{made}?{self.builder.shown.version}"

    def _titled(self, place: str, edition: Edition | None, media_type: str) -> list[Output]:
        """The files of one type that a reader takes: those of the edition, then new ones."""
        parts = self.builder.shown.parts.get(place, {}).copy()  # a build may add to them meanwhile
        outputs = {item.path: item for item in edition.outputs if item.title} if edition else {}
        outputs |= {path: part.output for path, part in parts.items()}
        return [item for item in outputs.values() if item.media_type == media_type]

    def _seen(self, place: str, output: Output) -> Seen:
        """A file of the edition, or its part or draft while that is newer. Pictures of a part stay after it was
        published."""
        shown = self.builder.shown
        part = shown.parts.get(place, {}).get(output.path)
        draft = part.draft if part else ""
        seen = ("dist", shown.version) if part is None else ("file" if draft else "part", part.revision)
        offered = seen if draft or place in shown.under_way else ("dist", shown.version)
        views = _views(self.places[seen[0]] / output.path) if output.media_type == "application/pdf" else ()
        path = quote(output.path)
        picture = f"/pictures/{seen[0]}/{path}/{{}}.png?{seen[1]}"
        address = f"/{offered[0]}/{path}?{offered[1]}"
        return Seen(output=output, address=address, picture=picture, draft=draft, views=views)

    async def own_file(self, request: Request) -> Response:
        """A file of the preview itself."""
        name = request.path_params["name"]
        if name not in OWN_FILES:
            return PlainTextResponse("not found\n", 404)
        return FileResponse(OWN_FILES[name] / name)

    async def picture(self, request: Request) -> Response:
        """A page or panel of a PDF."""
        place = self.places.get(request.path_params["place"], self.places["dist"])
        path = Path(os.path.realpath(place / request.path_params["path"]))
        if not path.is_relative_to(os.path.realpath(place)) or path.suffix != ".pdf" or not path.is_file():
            return PlainTextResponse("not found\n", 404)
        try:
            data = await asyncio.to_thread(picture_of, path, request.path_params["number"])
        except NOT_DRAWN:
            return PlainTextResponse("not a PDF, or no longer there\n", 404)
        return Response(data, media_type="image/png", headers={"Cache-Control": "no-store"})

    async def events(self, request: Request) -> Response:
        """The stream of events."""
        headers = {"Cache-Control": "no-store"}
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=headers)
        return StreamingResponse(_listen(self.builder), media_type="text/event-stream", headers=headers)


def application(builder: Builder, port: int) -> ASGIApp:
    """The pages of the preview."""
    pages = Pages(builder)
    routes = [
        Route("/", pages.page),
        Route("/favicon.ico", lambda _: Response(status_code=204)),
        Route("/events", pages.events),
        Route("/preview/{name}", pages.own_file),
        Route("/pictures/{place}/{path:path}/{number:int}.png", pages.picture),
        *(
            Mount(f"/{name}", Published(directory=place, html=True, check_dir=False))
            for name, place in pages.places.items()
        ),
    ]
    return OwnRequestsOnly(Starlette(routes=routes, lifespan=lambda _: _working(builder)), port)


def _views(path: Path) -> tuple[View, ...]:
    """The pictures to make of a PDF. Empty for a PDF that a new version has just removed, or that is damaged."""
    try:
        return views_of(path)[:MOST_PICTURES]
    except NOT_DRAWN:
        return ()


async def _listen(builder: Builder) -> AsyncGenerator[str, None]:
    """Server-sent events: what is shown now, then every change, until the preview stops. For a page that does not read
    them, only the latest are kept: each says all."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()
    told = deque[tuple[str, str]](maxlen=MOST_EVENTS)

    def listener(event: str, data: str) -> None:
        told.append((event, data))
        loop.call_soon_threadsafe(news.set)  # from a thread that builds

    builder.listeners.add(listener)
    try:
        yield f"event: built\ndata: {builder.described()}\n\n"
        while not builder.over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), 0.5)
            news.clear()
            while told:
                event, data = told.popleft()
                yield f"event: {event}\ndata: {data}\n\n"
    finally:
        builder.listeners.discard(listener)


@asynccontextmanager
async def _working(builder: Builder) -> AsyncIterator[None]:
    """Watches and builds while the server runs, and stops the server when watching ends."""
    work = asyncio.create_task(watch(builder))
    work.add_done_callback(_stop_serving)
    yield
    builder.over.set()
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


def _stop_serving(watching: asyncio.Task[None]) -> None:
    """Stops the server if `watching` has ended by itself, which only a fault can cause."""
    if not watching.cancelled():
        signal.raise_signal(signal.SIGTERM)


class Server(uvicorn.Server):
    """A server that tells its open event streams to end when it is asked to end."""

    def __init__(self, config: uvicorn.Config, over: threading.Event) -> None:
        super().__init__(config)
        self.over = over

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.over.set()
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the connections. One whose page does not read would never end by itself, and is cut."""
        asyncio.get_running_loop().call_later(CUT_AFTER, self._cut)
        await super().shutdown(sockets)

    def _cut(self) -> None:
        for connection in self.server_state.connections.copy():
            connection.transport.abort()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Treats a request to end like Ctrl-C. The server passes either on after it has closed."""
    raise KeyboardInterrupt


def run_preview(options: argparse.Namespace, config: BuildConfig, home: Path) -> int:
    """`preview`: runs until Ctrl-C. Raises UsageError if the port is taken or no source is found."""
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
    with listening, builder.working():
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
