"""Turns the record of a build into the answer that there is nothing to do, if all files are still as recorded.

This runs before anything else is imported, so it uses builtins only (argparse, json, hashlib and pathlib alone take
longer than the whole answer). Files that were read (the sources, the program, the look) are compared by inode, size and
times, as in git. If these differ, the contents are compared: a touched file or another checkout counts as the same.
Files that were made are compared by size and time of change, installed tools by the times of package lists and
programs. Any other difference, however harmless, gives no answer here: the real run then looks closely, and may find
nothing to do either.
"""

from __future__ import annotations

import os
import sys
from _blake2 import blake2b

FORMAT = "one-source record 3"
COMMAND = "build"
CACHE = ".cache"
ENVIRONMENT = "ONE_SOURCE_CACHE"
ADDRESS = "://"
PACKAGE_LISTS = (
    *("/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/pacman/local"),
    *("/opt/homebrew/var/homebrew/linked", "/usr/local/var/homebrew/linked"),
)
LIBRARY_FOLDERS = (
    *("/usr/local/lib", f"/usr/lib/{getattr(sys.implementation, '_multiarch', '')}", "/usr/lib64", "/usr/lib", "/lib"),
    "/opt/homebrew/lib",
)
SKIPPED = ("__pycache__",)


def answer(arguments: list[str], root: str) -> tuple[str, str] | None:
    """The warnings and the closing words of a build with `arguments`, if nothing has changed since it last
    succeeded. Else None."""
    if not arguments or arguments[0] != COMMAND:
        return None
    try:
        with open(record_file(arguments, root), encoding="utf-8", errors="surrogateescape") as file:
            record = file.read().split("\0")
    except (OSError, ValueError):  # a name that no file can have
        return None
    if len(record) != 11 or record[0] != FORMAT:
        return None
    _, stands, looks, content, read, program, roots, witnesses, outputs, warned, said = record
    try:
        if digest_of([], witnesses.split("\n"), outputs.split("\n")) != stands:
            return None
        same = looks_of(read.split("\n"))[0] == looks or content == " ".join(
            digest_of(within.split("\n"), [], []) for within in (program, roots)
        )
    except OSError:
        return None
    return (warned, said) if same else None


def record_file(arguments: list[str], root: str) -> str:
    """The file that records a build with `arguments`, typed in the current folder."""
    name = blake2b("\0".join((os.getcwd(), *arguments)).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return f"{cache_folder(arguments, root)}/ledger/run-{name}"


def cache_folder(arguments: list[str], root: str) -> str:
    """The cache folder that `arguments`, the environment or the project names, in this order. If the cache is an
    address ("s3://bucket/cache"), only renderings are kept there, and records of earlier runs are in a folder here."""
    named = [os.environ.get(ENVIRONMENT, "")]
    for number, argument in enumerate(arguments):
        if argument == "--cache" and number + 1 < len(arguments):
            named.insert(0, arguments[number + 1])
        elif argument.startswith("--cache="):
            named.insert(0, argument[8:])
    return next((name for name in named if name and ADDRESS not in name), f"{root}/{CACHE}")


def digest_of(roots: list[str], witnesses: list[str], outputs: list[str]) -> str:
    """A digest of the content under `roots`, of the look of `witnesses`, and of the size and time of `outputs`.
    Raises OSError if one of the outputs is missing."""
    installed = f"{sys.version}\0{os.environ.get('PATH', '')}"
    state = blake2b(installed.encode("utf-8", "surrogateescape"), digest_size=32)
    for root in roots:
        _feed(state, root, "")
    for path in witnesses:
        state.update(_look(path).encode())
    stat = os.stat
    found: list[int] = []
    for path in outputs:
        look = stat(path)
        found += (look.st_size, look.st_mtime_ns)
    state.update(repr(found).encode())
    return state.hexdigest()


def _feed(state: blake2b, path: str, name: str) -> None:
    """Adds the names and contents of what is at `path` to the digest, in the order of names. Caches and hidden files
    are left out. A root has no name, since a project may move."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe among the sources has nothing to say
    except (FileNotFoundError, PermissionError):  # a lost+found among the sources is as good as absent
        state.update(f"absent {name}\0".encode("utf-8", "surrogateescape"))
        return
    try:
        look = os.fstat(file)
        if look.st_mode & 0o170000 == 0o040000:
            inner = sorted(filter(is_read, os.listdir(file)))
            state.update(f"{name}/{len(inner)}\0".encode("utf-8", "surrogateescape"))
        else:
            state.update(f"{name}\0{look.st_size}\0".encode("utf-8", "surrogateescape"))
            while part := os.read(file, max(look.st_size, 1)):
                state.update(part)
            return
    finally:
        os.close(file)
    for entry in inner:
        _feed(state, f"{path}/{entry}", entry)


def is_read(name: str) -> bool:
    """True if a file or folder called `name` counts: caches, hidden files and an editor's copies do not."""
    return name[0] != "." and name[-1] != "~" and name not in SKIPPED


def paths_under(roots: list[str]) -> list[str]:
    """The `roots`, and all that counts below them, folders included."""
    found = []
    for root in roots:
        found.append(root)
        for place, folders, files in os.walk(root, followlinks=True):
            folders[:] = filter(is_read, folders)
            found += [f"{place}/{name}" for name in (*folders, *filter(is_read, files))]
    return found


def looks_of(paths: list[str]) -> tuple[str, int]:
    """A digest of inode, size and times of all `paths`, and the latest of these times in nanoseconds. The time of a
    file's last change of any kind cannot be put back, as the other can."""
    stat = os.stat
    found: list[int] = []
    latest = 0
    for path in paths:
        try:
            look = stat(path)
        except (FileNotFoundError, PermissionError):
            found.append(0)
            continue
        found += (look.st_ino, look.st_size, look.st_mtime_ns, look.st_ctime_ns)
        latest = max(latest, look.st_mtime_ns, look.st_ctime_ns)
    return blake2b(repr(found).encode(), digest_size=32).hexdigest(), latest


def _look(path: str) -> str:
    """Size, time and names: enough to see that an installation changed. A folder is known by its entries."""
    try:
        look = os.stat(path)
    except OSError:
        return f"absent {path}"
    if look.st_mode & 0o170000 == 0o040000:
        return repr((look.st_mtime_ns, sorted(name for name in os.listdir(path) if name.endswith("-info"))))
    return f"{look.st_size} {look.st_mtime_ns}"


def witnesses(programs: tuple[str, ...]) -> list[str]:
    """The paths that show whether a tool was installed, removed or replaced: package lists, `programs` (and
    libraries) at every place where the system looks for them, and Python's own libraries."""
    folders = [*os.environ.get("PATH", "").split(os.pathsep), *LIBRARY_FOLDERS]
    found = [f"{folder}/{program}" for program in programs for folder in folders]
    libraries = [path for path in sys.path if path.endswith("-packages")]
    return [*PACKAGE_LISTS, *found, *libraries]
