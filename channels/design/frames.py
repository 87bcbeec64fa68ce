"""Turns a folder of frames, which are templates of Jinja, into their environment.

Jinja compiles a frame to Python: 10 to 40 ms for each, a tenth of a second for the page, the leaflet and the list. The
result is kept where Python keeps what it compiles of the modules beside the frames, and under the same conditions.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket


class _Compiled(FileSystemBytecodeCache):
    """The frames that were compiled before. Each names the text that it was made from, so a frame that was changed is
    compiled again. A program that may only be read works without."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


def environment_of(folder: Path) -> Environment:
    """The environment of the frames in `folder`. Everything is escaped, and a missing name is an error."""
    compiled = Path(cache_from_source(str(folder / "frames.py"))).parent
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(str(compiled)),
    )
