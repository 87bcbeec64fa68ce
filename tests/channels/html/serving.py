"""Serves a folder of pages with the headers that docs/html.md recommends to publishers."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conftest import ROOT

WINDOW = """<!DOCTYPE html><html lang="en"><title>A window</title>
<iframe title="The page" src="/some/sub/path/{name}/index.html" width="{width}" height="614" style="border: 0">
</iframe>"""
SANDBOX = {"Content-Security-Policy": "sandbox allow-same-origin"}


@cache
def documented() -> tuple[tuple[str, str, str], ...]:
    """The headers in the documentation, as Netlify and Cloudflare Pages read them: address pattern, name, value."""
    text = (ROOT / "docs" / "html.md").read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"^```\n(/.*?)^```", text, re.DOTALL | re.MULTILINE):
        pattern = ""
        for line in block.splitlines():
            name, colon, value = line.strip().partition(": ")
            if not colon:
                pattern = line
            else:
                found.append((pattern, name, value))
    assert {name for _, name, _ in found} >= {"Content-Security-Policy", "Cache-Control"}
    return tuple(found)


def sending(app: ASGIApp, fixed: dict[str, str] | None = None) -> ASGIApp:
    """The app, with the headers of the documentation or with `fixed` ones. The broken page is served without a
    policy, so that its faults show."""

    async def sent(scope: Scope, receive: Receive, send: Send) -> None:
        told = (
            {}
            if "/broken/" in scope["path"]
            else {name: value for pattern, name, value in documented() if fnmatch(scope["path"], pattern)}
        )
        headers = fixed or told

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await app(scope, receive, with_headers)

    return sent


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a server of the site: at the root with the documented headers, under a path without them, where
    no script may run, compressed as servers on the web send it, and in a window of a given width."""
    files = StaticFiles(directory=site, html=True)

    async def window(request: Request) -> HTMLResponse:
        return HTMLResponse(WINDOW.format(**request.path_params))

    places = (
        ("/some/sub/path", files),
        ("/without-script", sending(files, SANDBOX)),
        ("/compressed", GZipMiddleware(sending(files))),
        ("/", sending(files)),
    )
    routes = [Route("/window/{width}/{name}", window), *(Mount(path, place) for path, place in places)]
    running = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(5)
