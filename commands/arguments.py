"""Turns the words of the command line into options, and writes its help."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from channels.base import Entry, Option
from commands.names import checked, path, place, place_or_address, scheduler
from model.errors import UsageError
from publish.fresh import ADDRESS, ENVIRONMENT

EPILOGUE = """\
Without SOURCE, every publication in source/ is used. -C FOLDER before the command works in a publisher's folder.
Exit codes: 0 success, 1 faults in content, 2 wrong command line, 3 the run failed, 130 stopped by Ctrl-C."""
UNITS = {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3}


def parser(channels: Mapping[str, Entry], output: Path, cache: Path) -> argparse.ArgumentParser:
    """The parser of the command line, with the registry's `channels`. `output` and `cache` are where things go by
    default."""
    top = argparse.ArgumentParser(
        prog="pipeline.py",
        description="Turns YAML sources into web pages, leaflets to print and recordings.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    _making(commands, channels, output, cache)
    _writing(commands)
    _looking(commands, channels, output, cache)
    _keeping(commands, output, cache)
    return top


Commands = argparse._SubParsersAction  # the only name that argparse gives it


def _making(
    commands: Commands[argparse.ArgumentParser], channels: Mapping[str, Entry], output: Path, cache: Path
) -> None:
    build = _command(commands, "build", "make every edition of the sources that has changed")
    _sources(build)
    _choice(build, channels)
    _shared_places(build, output, cache)
    limit = "the most that is kept of earlier runs (default: 2G, or three times what is published)"
    cluster = "let the workers of a Dask scheduler make the renderings, which --cache shares with them"
    build.add_argument("--cluster", type=scheduler, metavar="ADDRESS", help=f"{cluster} (tcp://host:8786)")
    build.add_argument("--cache-limit", type=size, metavar="SIZE", help=limit)
    build.add_argument("--explain", action="store_true", help="say why each edition was made or not")
    _strict(build)
    _said(build)

    check = _command(commands, "check", "check the sources without making anything")
    _sources(check)
    _strict(check)
    _said(check)


def _writing(commands: Commands[argparse.ArgumentParser]) -> None:
    imported = _command(commands, "import", "turn pages that you have into sources: .html, .docx, .md, .txt")
    imported.add_argument("files", nargs="+", type=path, metavar="FILE", help="a file, or a folder of them")
    imported.add_argument("--to", type=place, metavar="FOLDER", help="default: source/")
    imported.add_argument(
        "--no-check", action="store_true", help="only read the sources, without laying out their editions"
    )
    imported.add_argument("--language", metavar="TAG", help="the language of pages that do not state one (default: en)")

    new = _command(commands, "new", "make a folder for a publisher, with a first publication")
    new.add_argument("folder", type=place, metavar="FOLDER", help="a folder that does not exist yet, or is empty")


def _looking(
    commands: Commands[argparse.ArgumentParser], channels: Mapping[str, Entry], output: Path, cache: Path
) -> None:
    script = _command(commands, "script", "print the words of the recording as they are spoken")
    _sources(script)
    _options(script, channels)

    preview = _command(commands, "preview", "show the editions in a browser, and make them again whenever you save")
    _sources(preview)
    _choice(preview, channels)
    _places(preview, output, cache)
    preview.add_argument("--port", type=int, default=8017, help="a port of 127.0.0.1 (default: 8017; 0: any free one)")

    review = _command(commands, "review", "list the publications whose review is due")
    _sources(review)
    review.add_argument(
        "--within", type=days, default=0, metavar="DAYS", help="also those that will be due within so many days"
    )
    review.add_argument("--fail-when-due", action="store_true", help="exit with 1 if one is due, for CI")
    review.add_argument("--json", action="store_true", help="a line for each publication, for machines")


def _keeping(commands: Commands[argparse.ArgumentParser], output: Path, cache: Path) -> None:
    verify = _command(commands, "verify", "compare published folders with their manifests")
    verify.add_argument(
        "folders", nargs="*", type=place_or_address, metavar="FOLDER", help=f"default: all in {output.name}/"
    )
    _output(verify, output, place_or_address)

    store = _command(commands, "cache", "show what is kept of earlier runs, or delete some of it")
    _cache(store, cache)
    store.add_argument("--prune", type=size, metavar="SIZE", help="keep at most this much (0, 500M, 2G)")

    clean = _command(commands, "clean", "delete what was published, but not what is kept of earlier runs")
    _output(clean, output, place_or_address)
    _cache(clean, cache)
    which = clean.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="delete what is kept of earlier runs, too")
    which.add_argument(
        "--withdrawn", action="store_true", help="delete only publications that have no source in source/ any more"
    )


def _command(commands: Commands[argparse.ArgumentParser], name: str, does: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=does, description=does[0].upper() + does[1:] + ".", epilog=EPILOGUE)


def _sources(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="*", type=path, metavar="SOURCE", help="a file, or a folder of them")


def _strict(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="treat every warning as an error")


def _choice(command: argparse.ArgumentParser, channels: Mapping[str, Entry]) -> None:
    names = sorted(name for name, entry in channels.items() if entry.publishes)
    command.add_argument(
        "--channel", action="append", choices=names, help="make only this channel; may be given several times"
    )
    _options(command, channels)
    command.add_argument(
        "--jobs", type=workers, default=0, metavar="N", help="the number of processes (default: one for each processor)"
    )


def _options(command: argparse.ArgumentParser, channels: Mapping[str, Entry]) -> None:
    """Adds the options of the channels. An option that several channels have is shown once."""
    for option in options_of(channels):
        usual = f" (default: {option.values[0]})" if option.values else ""
        command.add_argument(
            f"--{option.name}",
            choices=option.values or None,
            type=checked if option.metavar == "FILE" else str,
            metavar=option.metavar,
            help=option.help + usual,
        )


def options_of(channels: Mapping[str, Entry]) -> tuple[Option, ...]:
    """The options of `channels`, each name once."""
    options = (option for entry in channels.values() for option in entry.options)
    return tuple({option.name: option for option in options}.values())


def chosen_in(options: argparse.Namespace, channels: Mapping[str, Entry]) -> dict[str, str]:
    """The value of each option that was typed. Raises UsageError for a value that needs another option, if that was
    not typed."""
    known = options_of(channels)
    values = {option.name: getattr(options, option.name.replace("-", "_")) for option in known}
    for option in known:
        other = option.requires.get(values[option.name] or "")
        if other is not None and not values.get(other):
            wanted = next((one for one in known if one.name == other), None)
            raise UsageError(f"--{option.name} {values[option.name]} needs --{other}", wanted.help if wanted else "")
    return {name: value for name, value in values.items() if value}


def chosen_of(entries: Mapping[str, Entry], names: Iterable[str] = ()) -> dict[str, Entry]:
    """The `entries` of `names`, or of all that publish if none is named, in the order of `entries`. Channels that
    they are made from are added; unless named, those publish nothing. A page is made with what there is."""
    wanted = set(names) or {name for name, entry in entries.items() if entry.publishes}
    quoted: set[str] = set()
    for name in reversed(list(entries)):
        if name in wanted | quoted:
            entry = entries[name]
            quoted |= {need for need in entry.needs if need in entry.brings or not entries[need].publishes}
    return {
        name: entry if name in wanted else replace(entry, publishes=False)
        for name, entry in entries.items()
        if name in wanted | quoted
    }


def _places(command: argparse.ArgumentParser, output: Path, cache: Path) -> None:
    _output(command, output)
    _cache(command, cache)


def _shared_places(command: argparse.ArgumentParser, output: Path, cache: Path) -> None:
    """Adds the options for output and cache, where many machines may share the cache."""
    _output(command, output, place_or_address)
    named = os.environ.get(ENVIRONMENT, "")
    command.add_argument(
        "--cache",
        type=place_or_address,
        default=named if ADDRESS in named else str(cache),
        metavar="FOLDER",
        help="default: .cache, or $ONE_SOURCE_CACHE; or an address that many machines share, like s3://bucket/cache",
    )


def _output(command: argparse.ArgumentParser, output: Path, kind: Callable[[str], Path | str] | None = None) -> None:
    address = "" if kind is not place_or_address else "; or an address of an object store, like s3://bucket/site"
    command.add_argument(
        "--output", type=kind or place, default=str(output), metavar="FOLDER", help=f"default: dist{address}"
    )


def _cache(command: argparse.ArgumentParser, cache: Path) -> None:
    command.add_argument(
        "--cache", type=place, default=str(cache), metavar="FOLDER", help="default: .cache, or $ONE_SOURCE_CACHE"
    )


def _said(command: argparse.ArgumentParser) -> None:
    said = command.add_mutually_exclusive_group()
    said.add_argument("--quiet", action="store_true", help="print only faults")
    said.add_argument("--json", action="store_true", help="print an event on each line, for machines")


def size(text: str) -> int:
    """Bytes, from "500M" or "2G"."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([KMG]?)B?", text.strip().upper())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write 0, 500M or 2G")
    return int(float(match[1]) * UNITS[match[2]])


def days(text: str) -> int:
    """A number of days, up to a hundred years."""
    if not text.isdecimal() or int(text) > 36_525:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days; write 30")
    return int(text)


def workers(text: str) -> int:
    """A number of processes, from 1 to 256."""
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; write 1 to 256")
    return int(text)
