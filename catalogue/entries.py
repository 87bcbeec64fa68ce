"""Turns the manifests in an output folder into what a list says of each edition. Each is kept until its manifest
changes."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from catalogue.frames import template
from languages.base import languages
from languages.fixed_words import read_words, words_file
from languages.humanize import date_in_words
from languages.tags import direction_of
from model.document import Words
from model.errors import OutputError
from proof import proof_file
from publish import ledger, manifest
from publish.folder import STAGING
from publish.own_json import read_json, sealed

LANGUAGE: Final = "en"
ROOT: Final = Path(__file__).parent.parent
PRINT_SHOP: Final = "-print.pdf"
FONT: Final = re.compile(r"fonts/latin-(\d+)-normal(?:\.[0-9a-f]+)?\.woff2")
ICON: Final = re.compile(r"icon(?:\.[0-9a-f]+)?\.svg")
PODCAST: Final = ("podcast/chapters.json", "podcast/episode.png", "podcast/podcast.png")
LOGO: Final = re.compile(r"images/publisher-logo(-on-dark)?(?:\.[0-9a-f]+)?\.(?:svg|png)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A publisher's logo, with files for light and dark backgrounds, and its colours. Both may be absent."""

    logo: str = ""
    on_dark: str = ""
    alternative: str = ""
    width: int = 0
    height: int = 0
    colours: tuple[str, ...] = ()


PLAIN: Final = Brand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One edition in the lists. `place` is its folder.

    `day` is the day on which its readers last got something new, "" if the source gives no date. `changes` are days
    with their changes, the newest first. Readers find it by `formats` and `tags`. `markup` is its part of the page. All
    its `sentences` were found in the files `proved`, except for `departures` (file and reason). `icon`, `fonts` (weight
    and file) and `brand` are used for the look of the list. `episode` is its episode in a podcast.
    """

    place: str
    publication: str
    language: str
    title: str
    summary: str
    publisher: str
    markup: str
    page: str = ""
    url: str = ""
    day: str = ""
    published: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    recording: tuple[str, int] | None = None
    episode: tuple[str, int, int, str, str, str, str] | None = None
    channels: tuple[str, ...] = ()
    sentences: int = 0
    proved: tuple[str, ...] = ()
    departures: tuple[tuple[str, str], ...] = ()
    feedback: str = ""
    address: tuple[str, ...] = ()
    accessibility: str = ""
    privacy: str = ""
    icon: str = ""
    fonts: tuple[tuple[str, str], ...] = ()
    brand: Brand = PLAIN


Publication = tuple[Entry, ...]
"""The languages of one publication, the list's own first."""


def published_in(output: Path, cache: Path | None = None) -> list[Publication]:
    """The entries for everything published in `output`, the latest first. Publications without a date are last, by
    title. What was read is kept in the folder `cache`, since reading a thousand manifests takes a second."""
    known = _known(output, cache)
    kept: dict[str, tuple[list[int], Entry]] = {}
    found: dict[str, list[Entry]] = {}
    for place, look in _manifests(output):
        before = known.get(place)
        if before is not None and before[0] == look:
            entry: Entry | None = before[1]
        else:
            content = manifest.read_manifest(output / place)
            entry = entry_of(content, place, proof_in(output / place)) if content is not None else None
        if entry is not None:
            kept[place] = (look, entry)
            found.setdefault(place.partition("/")[0], []).append(entry)
    if kept != known:
        _keep(output, cache, kept)
    publications = [
        tuple(sorted(each, key=lambda one: (one.language != LANGUAGE, one.language))) for each in found.values()
    ]
    by_title = sorted(publications, key=lambda one: (one[0].title.casefold(), one[0].place))
    return sorted(by_title, key=day_of, reverse=True)


def day_of(publication: Publication) -> str:
    """When readers of any of its languages last got something new. "" if nothing says."""
    return max(entry.day for entry in publication)


def _manifests(output: Path) -> Iterable[tuple[str, list[int]]]:
    """Each folder of an edition, with the size, time of change and inode of its manifest."""
    if not output.is_dir():
        return
    for publication in sorted(os.scandir(output), key=lambda entry: entry.name):
        if publication.name == STAGING or not publication.is_dir():
            continue
        for language in sorted(os.scandir(publication.path), key=lambda entry: entry.name):
            try:
                look = os.stat(f"{language.path}/{manifest.NAME}")  # noqa: PTH116 (a thousand editions)
            except (FileNotFoundError, NotADirectoryError):
                continue
            yield f"{publication.name}/{language.name}", [look.st_size, look.st_mtime_ns, look.st_ino]


# ---------------------------------------------------------------------------------------------------- kept


def _path(output: Path, cache: Path) -> Path:
    return cache / ledger.FOLDER / f"list-{hashlib.sha256(os.fsencode(output.absolute())).hexdigest()[:32]}"


@functools.cache
def _made_by() -> str:
    """A digest of everything besides its manifest that decides what an entry says."""
    files = [*Path(__file__).parent.rglob("*.py"), *Path(__file__).parent.rglob("*.j2"), words_file(LANGUAGE)]
    files += (ROOT / "languages").glob("*.py")
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(files))).hexdigest()


def _known(output: Path, cache: Path | None) -> dict[str, tuple[list[int], Entry]]:
    """The entries that were kept. Empty if there are none, if they are damaged, or if another version of the program
    wrote them."""
    kept = None if cache is None else ledger.kept_in(_path(output, cache), _entries)
    return kept or {}


def _entries(content: Any) -> dict[str, tuple[list[int], Entry]]:
    if content["made_by"] != _made_by():
        return {}
    return {place: (look, _entry(fields)) for place, (look, fields) in content["entries"].items()}


def _entry(fields: dict[str, Any]) -> Entry:
    for key, value in fields.items():
        if type(value) is list:
            fields[key] = _tuples(value)
    if brand := fields.get("brand"):
        fields["brand"] = Brand(**(brand | {"colours": tuple(brand.get("colours", ()))}))
    return Entry(**fields)


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(each) if type(each) is list else each for each in value)


def _keep(output: Path, cache: Path | None, entries: Mapping[str, tuple[list[int], Entry]]) -> None:
    """Writes what was read. The file is whole at every moment. If the cache cannot be written, the next run reads
    again."""
    if cache is None:
        return
    content = {
        "made_by": _made_by(),
        "entries": {place: (look, _said(entry)) for place, (look, entry) in entries.items()},
    }
    with suppress(OutputError):
        data = json.dumps(content, separators=(",", ":")).encode("ascii")
        ledger.write_whole(_path(output, cache), sealed(data))


def _said(entry: Entry) -> dict[str, Any]:
    brand = {} if entry.brand == PLAIN else {"brand": asdict(entry.brand)}
    return {name: value for name in Entry.__slots__ if name != "brand" and (value := getattr(entry, name))} | brand


# ---------------------------------------------------------------------------------------------------- one edition


def proof_in(folder: Path) -> dict[str, Any]:
    """The proof in an edition's folder. Empty if nothing was read back."""
    try:
        data = (folder / proof_file.NAME).read_bytes()
    except OSError:
        return {}
    return read_json(data, _proved) or {}


def _proved(content: Any) -> dict[str, Any]:
    purpose = [(each["file"], each["why"]) for each in content["on_purpose"] if not each["stands_elsewhere"]]
    files = tuple(content["files"])
    if not all(isinstance(word, str) for word in (*files, *itertools.chain(*purpose))):
        raise TypeError
    return {"sentences": len(content["sentences"]), "proved": files, "departures": tuple(dict.fromkeys(purpose))}


def entry_of(content: Mapping[str, Any], place: str, proved: Mapping[str, Any]) -> Entry:
    """The entry that the manifest `content` and the proof `proved` give for the edition in the folder `place`."""
    words, _ = read_words(LANGUAGE)
    files = [line | {"title": str(line.get("title", ""))} for line in content["files"]]
    page = next((line for line in files if line.get("role") == "page"), None)
    offered = [line for line in files if line.get("role") == "download"]
    changes = tuple((str(each["day"]), str(each["text"])) for each in content.get("changes", ()))
    published, reviewed = content.get("published", ""), content.get("reviewed", "")
    dated = (("updated", changes[0][0] if changes else ""), ("published", published), ("reviewed", reviewed))
    word, day = next(((key, day) for key, day in dated if day), ("", ""))
    tags = tuple(map(str, content.get("tags", ())))
    shown = dict(content) | {
        "place": place,
        "direction": direction_of(content["language"]),
        "page": page and page["path"],
        "editions": offered,
        "parts": [line for line in files if line.get("role") == "part"],
        "tags": tags,
        "dated": word and (words[word], day, date_in_words(date.fromisoformat(day), words)),
    }
    recording = next((line for line in offered if line["media_type"] == "audio/mpeg"), None)
    return Entry(
        place=place,
        publication=content["publication"],
        language=content["language"],
        title=content["title"],
        summary=content["summary"],
        publisher=content["publisher"],
        markup=template("entry.html.j2").render(one=shown, words=words, language=LANGUAGE, address_of=_address),
        page=page["path"] if page else "",
        url=content.get("url", ""),
        day=day,
        published=published,
        changes=changes,
        formats=_formats([*([page] if page else []), *offered], content["language"], words),
        tags=tags,
        recording=(_address(recording), recording["size"]) if recording else None,
        episode=_episode(recording, files),
        channels=tuple(sorted({str(line.get("channel", "")) for line in files})),
        feedback=content.get("feedback", ""),
        address=tuple(map(str, content.get("address", ()))),
        accessibility=content.get("accessibility", ""),
        privacy=content.get("privacy", ""),
        **proved,
        icon=next((f"{place}/{line['path']}" for line in files if ICON.fullmatch(line["path"])), ""),
        fonts=tuple((m[1], f"{place}/{line['path']}") for line in files if (m := FONT.fullmatch(line["path"]))),
        brand=_brand(content, place, [line["path"] for line in files]),
    )


def _episode(
    recording: Mapping[str, Any] | None, files: list[dict[str, Any]]
) -> tuple[str, int, int, str, str, str, str] | None:
    """The files of a podcast's episode, in the order that catalogue/podcast.py expects. None if one is missing."""
    by_path = {line["path"]: line for line in files}
    captions = next(
        (line for line in files if line["media_type"] == "text/vtt" and line["path"].startswith("audio/")), None
    )
    if recording is None or captions is None or not by_path.keys() >= set(PODCAST):
        return None
    chapters, picture, show = (_address(by_path[path]) for path in PODCAST)
    seconds = round(recording.get("seconds", 0))
    return _address(recording), recording["size"], seconds, _address(captions), chapters, picture, show


def _address(file: Mapping[str, Any]) -> str:
    """The address of a file within its edition's folder, for the list and for feeds. It holds the digest as a query,
    so that nobody gets a version that was kept; directories of podcasts demand plain addresses of pictures."""
    plain = file["media_type"].startswith("image/") or not file.get("sha256")
    return quote(file["path"]) + ("" if plain else f"?v={file['sha256'][:8]}")


def _formats(files: Iterable[Mapping[str, Any]], language: str, words: Words) -> tuple[str, ...]:
    """The names of the files in the list's language, without those for a print shop."""
    own = _keys(language)
    wanted = (line["title"] for line in files if not line["path"].endswith(PRINT_SHOP))
    return tuple(dict.fromkeys(words[own[title]] if title in own else title for title in wanted if title))


@functools.cache
def _keys(language: str) -> dict[str, str]:
    """The fixed words of a language, each with its key."""
    known = read_words(language)[0].entries if language in languages() else ()
    return {said: key for key, said in known}


def _brand(content: Mapping[str, Any], place: str, paths: list[str]) -> Brand:
    colours, logo = content.get("colours"), content.get("logo")
    pair = (str(colours["brand"]), str(colours["accent"])) if colours else ()
    found = {bool(m[1]): f"{place}/{path}" for path in paths if (m := LOGO.fullmatch(path))}
    if logo is None or False not in found:
        return Brand(colours=pair)
    return Brand(
        logo=found[False],
        on_dark=found.get(True, ""),
        alternative=str(logo["alternative"]),
        width=int(logo["width"]),
        height=int(logo["height"]),
        colours=pair,
    )
