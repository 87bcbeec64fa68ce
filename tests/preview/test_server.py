"""The preview, as a process of its own: what it serves, to whom, and what an editor sees on saving."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PIL import Image
from playwright.sync_api import Browser

from preview import server
from preview.builder import Builder
from tests.conftest import ROOMS, ROOT
from tests.preview.conftest import apart
from tests.publish.conftest import FAKE_PIPELINE, Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A running preview."""

    workshop: Workshop
    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def page(self, *wanted: str) -> str:
        """The page of the preview, as soon as it contains all that is `wanted`."""
        end = time.monotonic() + 60  # of a loaded machine
        while not all(words in (page := self.get("/")[1].decode()) for words in wanted):
            assert time.monotonic() < end, page
            time.sleep(0.05)
        return page

    def wait(self, wanted: str) -> dict[str, object]:
        """The event, as soon as one contains `wanted`."""
        end = time.monotonic() + 60  # of a loaded machine
        while time.monotonic() < end:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/events")
            answer = connection.getresponse()
            assert answer.readline() == b"event: built\n"
            said = answer.readline().decode()
            connection.close()
            if wanted in said:
                shown: dict[str, object] = json.loads(said.removeprefix("data: "))
                return shown
            time.sleep(0.05)
        raise AssertionError(said)


@pytest.fixture
def preview(workshop: Workshop) -> Iterator[Preview]:
    command = workshop.command("build")
    command[2:3] = ["preview", "--port", "0"]
    assert command[1] == str(FAKE_PIPELINE)
    with previewing(workshop, command) as running:
        yield running


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for all tests that only read."""
    workshop = Workshop(root=tmp_path_factory.mktemp("standing"))
    workshop.write()
    command = workshop.command("build")
    command[2:3] = ["preview", "--port", "0"]
    with previewing(workshop, command) as running:
        (workshop.output / "link").symlink_to(workshop.root / "source")
        yield running


@contextmanager
def previewing(workshop: Workshop, command: list[str]) -> Iterator[Preview]:
    """The preview that `command` starts, after its first build."""
    with subprocess.Popen(
        command, cwd=workshop.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert found
            running = Preview(workshop=workshop, process=process, port=int(found[1]))
            running.wait('"version": 1')
            yield running
        finally:
            process.kill()


def test_shows_every_edition(standing: Preview) -> None:
    status, page = standing.get("/")
    assert status == 200
    text = page.decode()
    for link in ("/dist/guide/en/index.html", "/dist/guide/en/leaflet.pdf", "/dist/guide/en/audio/guide.mp3"):
        assert link in text
    assert standing.get("/dist/guide/en/index.html")[0] == 200
    for name in ("preview.css", "preview.js", "events.js", "tokens.css"):
        assert standing.get(f"/preview/{name}")[0] == 200


def test_a_drawing_that_is_opened_by_itself_may_only_be_looked_at(standing: Preview) -> None:
    output = standing.workshop.root / "dist" / "guide" / "en"
    (output / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    for name, policy in (
        ("drawing.svg", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"),
        ("index.html", None),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", standing.port, timeout=10)
        connection.request("GET", f"/dist/guide/en/{name}")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Security-Policy")) == (200, policy)
        connection.close()


def test_shows_a_folded_sheet_panel_by_panel_as_it_is_read(standing: Preview) -> None:
    text = standing.get("/")[1].decode()
    assert re.findall(r'alt="Leaflet, (.*?)"', text) == ["panel 1", "panel 2"]
    drawn = [standing.get(f"/pictures/dist/guide/en/leaflet.pdf/{number}.png") for number in (1, 2)]
    panels = [Image.open(io.BytesIO(data)).convert("RGB") for status, data in drawn if status == 200]
    assert [panel.getpixel((75, 75)) for panel in panels] == [(255, 255, 255), (255, 0, 0)]
    assert {panel.size for panel in panels} == {(150, 150)}


def test_saving_makes_what_changed_and_a_fault_leaves_the_last_good_version(preview: Preview) -> None:
    preview.workshop.write(second="Farewell to you.")
    preview.wait('"version": 2')
    assert b"Farewell to you" in preview.get("/dist/guide/en/index.html")[1]
    source = preview.workshop.write(second="Third time.")
    source.write_text(source.read_text().replace("sections:", "sectoins:"))
    shown = preview.wait("sectoins")
    assert shown["version"] == 2
    assert "did you mean `sections`?" in str(shown["faults"])
    assert re.search(r"en\.yaml:\d+:\d+: error", str(shown["faults"]))
    assert b"sectoins" in preview.get("/")[1]
    assert b"Farewell to you" in preview.get("/dist/guide/en/index.html")[1]
    preview.workshop.write(second="Mended.")
    assert preview.wait('"version": 3')["faults"] == ""


def test_a_warning_is_no_fault(preview: Preview) -> None:
    preview.workshop.write(second="You said please-warn here.")
    shown = preview.wait("as asked")
    assert shown["faults"] == ""
    assert "warning asked: as asked" in str(shown["warnings"])
    assert str(shown["status"]).startswith("Made in")
    page = preview.get("/")[1].decode()
    assert re.search(r'<section id="faults"[^>]* hidden>', page)
    assert not re.search(r'<section id="warnings"[^>]* hidden>', page)
    preview.workshop.write(second="Mended.")
    assert preview.wait('"warnings": ""')["version"] == 3


def test_page_and_recording_are_shown_while_the_leaflet_never_ends(preview: Preview) -> None:
    preview.workshop.write(second="Now please-hang.")
    shown = preview.page("pdf: being made", "audio: as saved", "/draft/")
    for said in (
        "/part/guide/en/audio/guide.mp3",
        "audio: as saved",
        "html: waits for audio, what it offers",
        "as saved; its recording and downloads follow",
    ):
        assert said in shown
    address = re.findall(r'src="(/draft/guide/en/index.html[?]\d+)"', shown)[0]
    assert b"Now please-hang." in preview.get(address)[1]
    assert b"Now please-hang." not in preview.get("/dist/guide/en/index.html")[1]
    for path in re.findall(r'src="(/part/[^"]+)"', shown):
        assert preview.get(path)[0] == 200
    preview.workshop.write(second="Mended.")
    preview.wait('"version": 2')
    assert "/draft/" not in preview.get("/")[1].decode()


def test_what_is_made_aside_is_gone_in_the_end(preview: Preview) -> None:
    assert (preview.workshop.cache / "preview" / "parts" / "guide").is_dir()
    preview.process.send_signal(signal.SIGTERM)
    preview.process.wait(10)
    assert not (preview.workshop.cache / "preview").exists()


def test_a_build_that_never_ends_is_over_once_its_source_is_mended(preview: Preview) -> None:
    preview.workshop.write(second="Now please-hang.")
    time.sleep(1)
    preview.workshop.write(second="Mended.")
    preview.wait('"version": 2')
    assert b"Mended" in preview.get("/dist/guide/en/index.html")[1]


def test_what_is_told_by_a_thread_is_heard_at_once_and_a_page_that_does_not_read_costs_no_memory() -> None:
    builder = cast(Builder, SimpleNamespace(listeners=set(), over=threading.Event(), described=lambda: "{}"))

    async def heard() -> tuple[float, list[str]]:
        events = server._listen(builder)
        await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.01)
        (listener,) = builder.listeners
        begin = time.monotonic()
        threading.Thread(target=listener, args=("built", "{}")).start()
        await waiting
        took = time.monotonic() - begin
        for number in range(1000):
            listener("part", str(number))
        read = [await anext(events) for _ in range(server.MOST_EVENTS)]
        await events.aclose()
        return took, read

    took, read = apart(heard())
    assert took < 0.3
    assert read[-1] == "event: part\ndata: 999\n\n"
    assert builder.listeners == set()


def test_what_is_damaged_or_gone_is_not_found(standing: Preview) -> None:
    (standing.workshop.output / "damaged.pdf").write_bytes(b"half of")
    (standing.workshop.output / "loop.pdf").symlink_to("loop.pdf")
    for name in ("damaged", "loop", "gone"):
        assert standing.get(f"/pictures/dist/{name}.pdf/1.png")[0] == 404
    shutil.rmtree(standing.workshop.cache / "preview" / "drafts")
    assert standing.get("/draft/guide/en/index.html")[0] == 404


def test_a_question_about_the_events_is_answered_and_ended(standing: Preview) -> None:
    with socket.create_connection(("127.0.0.1", standing.port), timeout=5) as asked:
        asked.sendall(f"HEAD /events HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\nConnection: close\r\n\r\n".encode())
        while asked.recv(4096):
            pass  # a stream would go on


NAMES = ("%00", "a%00b.html", "x" * 300, "a/" * 3000, "%F0%9F%90%9D" * 70, "%ff")


@pytest.mark.parametrize("folder", ["/dist/", "/preview/", "/pictures/", "/"])
def test_a_name_that_no_file_can_have_is_not_found(standing: Preview, folder: str) -> None:
    for name in NAMES:
        assert standing.get(folder + name + ("/1.png" if folder == "/pictures/" else ""))[0] == 404, name


def test_ten_tabs_are_served_and_a_link_that_leads_away_leaves_the_frame(preview: Preview, browser: Browser) -> None:
    """A browser allows six connections to a server, so a tab must not keep one for itself."""
    context = browser.new_context()
    try:
        tabs = [context.new_page() for _ in range(10)]
        for tab in tabs:
            tab.goto(f"http://127.0.0.1:{preview.port}/")
        preview.workshop.write(title="Another title")
        for tab in (tabs[0], tabs[-1]):
            tab.locator("iframe[src='/dist/guide/en/index.html?2']").wait_for()
        leave = """body => {
            body.innerHTML = '<a href="https://away.invalid/">Away</a>';
            body.querySelector("a").click();
        }"""
        with context.expect_page():  # in one step: a frame may be filled anew at any time
            tabs[-1].frame_locator("iframe").first.locator("body").evaluate(leave)
        frame = tabs[-1].frames[1]
        assert frame.url.startswith(f"http://127.0.0.1:{preview.port}/dist/guide/en/index.html")
    finally:
        context.close()


def test_a_source_that_is_deleted_takes_its_fault_with_it(preview: Preview) -> None:
    faulty = preview.workshop.write("other", title="").rename(preview.workshop.root / "source" / "other" / "de.yaml")
    preview.wait("other/de.yaml")
    faulty.unlink()
    faulty.parent.rmdir()
    preview.workshop.write(second="Something else.")
    preview.wait('"version": 2')
    preview.wait('"faults": ""')


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
    ids=str,
)
def test_answers_only_its_own_pages(standing: Preview, headers: dict[str, str]) -> None:
    for path in ("/", "/events", "/dist/guide/en/index.html"):
        assert standing.get(path, **headers)[0] == 403
    assert standing.get("/", Origin=f"http://127.0.0.1:{standing.port}")[0] == 200
    assert standing.get("/", Host=f"localhost:{standing.port}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/dist/../source/guide/en.yaml",
        "/dist/%2e%2e/source/guide/en.yaml",
        "/dist/..%2fsource/guide/en.yaml",
        "/dist//etc/passwd",
        "/dist/guide/en/../../../source/guide/en.yaml",
        "/dist/link/guide/en.yaml",
        "/preview/..%2findex.html.j2",
        "/preview/index.html.j2",
        "/pictures/dist/..%2f..%2fsource/guide/en.yaml/1.png",
        "/pictures/dist/guide/en/index.html/1.png",
        "/pictures/dist//etc/passwd/1.png",
    ],
)
def test_serves_nothing_outside_the_output(standing: Preview, path: str) -> None:
    assert standing.get(path)[0] == 404


def test_listens_here_only(standing: Preview) -> None:
    """It listens on only one address of this machine's loopback network."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", standing.port), timeout=5)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stops_cleanly(preview: Preview, sent: signal.Signals) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port)
    connection.request("GET", "/events")  # an open page
    with (preview.workshop.output / "large.bin").open("wb") as large:
        large.truncate(20_000_000)
    stalled = socket.create_connection(("127.0.0.1", preview.port))  # and one that does not read
    stalled.sendall(f"GET /dist/large.bin HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
    time.sleep(0.2)
    preview.process.send_signal(sent)
    stdout, stderr = preview.process.communicate(timeout=10)
    stalled.close()
    assert (preview.process.returncode, stdout, stderr) == (0, "Preview stopped.\n", "")


def test_a_port_that_is_taken_is_said(preview: Preview) -> None:
    command = preview.workshop.command("build")
    command[2:3] = ["preview", "--port", str(preview.port)]
    done = subprocess.run(command, cwd=preview.workshop.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"port {preview.port} cannot be used" in done.stderr


def test_a_change_of_the_program_is_met_with_workers_that_have_it(tmp_path: Path) -> None:
    """Done twice, because what starts the second workers must not have kept the first program."""
    for name in ROOMS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pipeline.py", "schema.yaml", "publisher-schema.yaml", "source"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    own = Workshop(root=tmp_path)
    own.write()
    command = [sys.executable, "pipeline.py", "preview", "source/guide", "--channel", "html", "--port", "0"]
    render = tmp_path / "channels" / "html" / "render.py"
    program = render.read_text(encoding="utf-8")
    with previewing(own, [*command, "--output", str(own.output), "--cache", str(own.cache)]) as preview:
        # Greetings of different lengths, because Python compares time and size to decide whether its compiled copy is
        # still good.
        for version, greeting in ((2, "Hi."), (3, "Good evening.")):
            # A word that is not part of the proof.
            generator = f'permitted(text).replace("one-source", "{greeting}").encode'
            changed = program.replace("permitted(text).encode", generator, 1)
            assert changed != program
            render.write_text(changed, encoding="utf-8")
            preview.wait(f'"version": {version}')
            assert greeting.encode() in preview.get("/dist/guide/en/index.html")[1]
