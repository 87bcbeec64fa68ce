"""Serves a folder of pages with the headers that docs/headers/ recommends to publishers: by a server within the test,
and by the real nginx and Apache."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

from tests.conftest import ROOT, demand

WINDOW = """<!DOCTYPE html><html lang="en"><title>A window</title>
<iframe title="The page" src="/some/sub/path/{name}/index.html" width="{width}" height="614" style="border: 0">
</iframe><script>
const asking = setInterval(() => document.querySelector("iframe").contentDocument.querySelectorAll("audio").forEach(
  (audio) => (audio.preload = "metadata", clearInterval(asking))), 20);
</script>"""
"""WebKitGTK says three seconds late that a page is loaded if nothing is asked of its recording. So its length is
asked for."""
APACHE = "/usr/lib/apache2/modules"
HEADERS = ROOT / "docs" / "headers"
SANDBOX = {"Content-Security-Policy": "sandbox allow-same-origin"}


@cache
def documented() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The rules of docs/headers/_headers: pattern of addresses, name, value. As Netlify and Cloudflare Pages read them,
    `*` stands for anything and `:name` for a part of the path."""
    found = []
    pattern = re.compile("")
    for line in (HEADERS / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            assert line.count("*") <= 1, "Cloudflare permits one"
            pattern = re.compile(re.sub(r":[a-z]+", "[^/]+", re.escape(line)).replace(r"\*", ".*"))
        elif line.strip() and not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            found.append((pattern, name, value))
    assert {name for _, name, _ in found} >= {"Content-Security-Policy", "Cache-Control"}
    return tuple(found)


def hosted(path: str) -> dict[str, str]:
    """The headers that Netlify and Cloudflare Pages send with a file. They join the values of all rules that fit."""
    headers: dict[str, str] = {}
    for pattern, name, value in documented():
        if pattern.fullmatch(path):
            headers[name] = ", ".join(filter(None, (headers.get(name), value)))
    return {"Cache-Control": "public, max-age=0, must-revalidate"} | headers


def sending(app: ASGIApp, fixed: dict[str, str] | None = None) -> ASGIApp:
    """The app, with the headers of the documentation or with `fixed` ones. The broken page is served without a
    policy, so that its faults show."""

    async def sent(scope: Scope, receive: Receive, send: Send) -> None:
        headers = fixed or ({} if "/broken/" in scope["path"] else hosted(scope["path"]))

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


@contextmanager
def nginx(site: Path, place: Path) -> Iterator[str]:
    """The address of an nginx that serves the site with docs/headers/nginx.conf. Its own files stand in `place`."""
    demand(shutil.which("nginx"), "nginx is not installed")
    port = free_port()
    ours = (HEADERS / "nginx.conf").read_text(encoding="utf-8")
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/publications", str(site))
    kept = "".join(
        f"{name}_temp_path {place}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"pid {place}/pid;\nerror_log stderr;\nevents {{ }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{kept}{ours}}}\n"
    )
    command = ["nginx", "-p", str(place), "-c", str(place / "nginx.conf"), "-g", "daemon off; master_process off;"]
    with answering(command, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def apache(site: Path, place: Path) -> Iterator[str]:
    """The address of an Apache that serves a copy of the site with docs/headers/apache.conf. It reads as nobody, who
    may not enter the folders of tests."""
    demand(shutil.which("apache2"), "apache2-bin is not installed")
    port = free_port()
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        copy = shutil.copytree(site, Path(open_to_all) / "site")
        (place / "apache.conf").write_text(configured(copy, place, port))
        with answering(["apache2", "-f", str(place / "apache.conf"), "-DFOREGROUND"], port):
            yield f"http://127.0.0.1:{port}"


def configured(site: Path, place: Path, port: int) -> str:
    """A whole configuration of Apache, around that of the documentation."""
    ours = (HEADERS / "apache.conf").read_text(encoding="utf-8")
    modules = ("mpm_event", "authz_core", "dir", "mime", "headers")
    loaded = "".join(f"LoadModule {name}_module {APACHE}/mod_{name}.so\n" for name in modules)
    return (
        f"{loaded}Listen 127.0.0.1:{port}\nServerName publications.example.org\nPidFile {place}/pid\n"
        f"ErrorLog {place}/errors\nDefaultRuntimeDir {place}\nTypesConfig /etc/mime.types\nDirectoryIndex index.html\n"
        f"DocumentRoot {site}\nUser nobody\nGroup nogroup\n"
        f"<Directory {site}>\nRequire all granted\n{ours}</Directory>\n"
    )


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def answering(command: list[str], port: int) -> Iterator[None]:
    """Runs a server, from its first answer on."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            deadline = time.monotonic() + 30
            while True:
                with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                    break
                assert server.poll() is None and server.stderr is not None, server.stderr and server.stderr.read()
                assert time.monotonic() < deadline, command
                time.sleep(0.02)
            yield
        finally:
            server.terminate()
