#!/usr/bin/env python3
"""The command line: turns YAML sources into web pages, leaflets to print and recordings. See `pipeline.py --help`.
Only this file knows channels, documents and publishing together, and only this file catches the errors of a run."""

from __future__ import annotations

import gc
import os
import sys
import time

ROOT = __file__.rpartition("/")[0] or "."
if ROOT not in sys.path:  # PYTHONSAFEPATH leaves the program's folder out
    sys.path.insert(0, ROOT)

from commands import outlet  # noqa: E402 (after the path)
from commands.home import home_of, shown  # noqa: E402
from publish import fresh  # noqa: E402

TYPE_CHECKING = False  # as in typing, whose import would take as long as a whole run with nothing to do
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from channels.base import Entry


def main(arguments: list[str], registry: Mapping[str, Entry] | None = None) -> int:
    """The exit code of a run with `arguments`. `registry` replaces the real channels, for tests."""
    began_ns = time.time_ns()
    before = sys.stdout, sys.stderr
    out, err = outlet.open_outlets()
    try:
        return outlet.code_after(_answer(arguments, registry, began_ns), out, err)
    finally:
        sys.stdout, sys.stderr = before


def _answer(arguments: list[str], registry: Mapping[str, Entry] | None, began_ns: int) -> int:
    try:
        arguments, folder = home_of(arguments, ROOT)
    except OSError as error:  # -C names something that is not a folder
        sys.stderr.write(f"error: cannot work in {shown(error.filename)}: {error.strerror}\n")
        return 2
    try:
        answer = fresh.answer(arguments, folder)
        if answer is None:
            return _run(arguments, registry, began_ns, folder)
    except KeyboardInterrupt:
        sys.stderr.write("error: stopped\n")
        return 130
    except ModuleNotFoundError as error:  # typed with a Python other than the program's own
        python = f"{ROOT}/.venv/bin/python"
        sys.stderr.write(
            f"error: {sys.executable} has no package {error.name}\n"
            f"    Run `make -C {ROOT} .venv/run` once, then type {python} in place of python3.\n"
        )
        return 3
    except SystemExit as end:  # argparse ends the process itself for --help and for wrong arguments
        return end.code if isinstance(end.code, int) else 2
    warned, said = answer
    sys.stderr.write(warned)
    sys.stdout.write(said)
    return 0


def _run(arguments: list[str], registry: Mapping[str, Entry] | None, began_ns: int, folder: str) -> int:
    """Does a run that has work to do, and returns its exit code. These imports take 60 ms, three times as long as a
    whole run with nothing to do. They make a hundred thousand objects that stay, and would stop a hundred times to look
    for some that can go: 10 ms."""
    gc.set_threshold(20_000)
    from pathlib import Path  # noqa: PLC0415

    from channels import CHANNELS  # noqa: PLC0415
    from channels.order import in_order  # noqa: PLC0415
    from commands.arguments import parser  # noqa: PLC0415
    from model.errors import PipelineError  # noqa: PLC0415
    from publish.faults import fault, unforeseen  # noqa: PLC0415
    from publish.record import Typed  # noqa: PLC0415

    home = Path(folder).absolute()
    cache = Path(fresh.cache_folder([], str(home)))
    try:
        channels = in_order(CHANNELS if registry is None else registry)
        options = parser(channels, home / "dist", cache).parse_args(arguments)
        if options.command != "build":
            return _obey(options, channels, home)
        from commands import build  # noqa: PLC0415

        config = build.config_of(options, channels, home)
        typed = Typed(arguments=tuple(arguments), all_sources=not options.sources, began_ns=began_ns, home=home)
        return build.run_build(options, config, home, typed)
    except PipelineError as error:
        sys.stderr.write(fault(error) + "\n")
        return error.exit_code
    except OSError as error:  # a file or folder that a command did not expect to be as it is
        sys.stderr.write(fault(unforeseen(error)) + "\n")
        return 3


def _obey(options: Namespace, channels: Mapping[str, Entry], home: Path) -> int:
    """Runs a command other than `build`, and returns its exit code. Each command imports only what it needs itself:
    an import takes up to 0.2 s."""
    from commands import build, check, keep  # noqa: PLC0415

    match options.command:
        case "check":
            return check.run_check(options, channels, home)
        case "import":
            from importer.command import run_import  # noqa: PLC0415 (an HTML parser: 70 ms)

            return run_import(options, home, lambda: check.inspection(channels))
        case "new":
            from scaffold.new import run_new  # noqa: PLC0415 (1 ms, for one command)

            return run_new(options)
        case "script":
            from commands.script import run_script  # noqa: PLC0415 (15 ms, for one command)

            return run_script(options, channels, home)
        case "preview":
            from preview.server import run_preview  # noqa: PLC0415 (a web server: 0.2 s)

            return run_preview(options, build.config_of(options, channels, home), home)
        case "review":
            from datetime import datetime  # noqa: PLC0415 (1 ms, for one command)

            from commands.review import run_review  # noqa: PLC0415 (1 ms, for one command)

            return run_review(options, channels, home, datetime.now().astimezone().date())
        case "verify":
            return keep.run_verify(options)
        case "cache":
            return keep.run_cache(options)
        case _:
            return keep.run_clean(options, channels, home)


def obey_ctrl_c(lost: sys.UnraisableHookArgs) -> None:
    """Ends the process where Ctrl-C came while a module was imported, whose clean-up would swallow it."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    sys.stderr.write("error: stopped\n")
    sys.stderr.flush()
    os._exit(130)


if __name__ == "__main__":
    sys.unraisablehook = obey_ctrl_c
    sys.exit(main(sys.argv[1:]))
