"""Turns WeasyPrint's declarations of C functions into a table of types, which is loaded in a millisecond. To parse them
takes a third of its import.

    .venv/bin/python setup/weasyprint_types.py

Run it after an upgrade of WeasyPrint. The same declarations give the same bytes.
"""

from __future__ import annotations

import ast
import hashlib
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cffi

TABLE: Final = Path(__file__).parent.parent / "channels" / "pdf" / "weasyprint_types.py"
HEAD: Final = '''"""The types of WeasyPrint's C declarations, as setup/weasyprint_types.py writes them."""

'''


def declarations() -> str:
    """The declarations that WeasyPrint gives to cffi when it is imported. Finds them without importing it."""
    found = find_spec("weasyprint")
    assert found is not None and found.origin is not None  # noqa: S101 (it is installed)
    tree = ast.parse((Path(found.origin).parent / "text" / "ffi.py").read_text(encoding="utf-8"))
    (call,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "ffi.cdef")
    text: str = ast.literal_eval(call.args[0])
    return text


def table() -> str:
    """The table as a Python module, with the digest of the declarations that it is made from."""
    text = declarations()
    types = cffi.FFI()
    types.cdef(text)
    types.set_source(TABLE.stem, None)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / TABLE.name
        types.emit_python_code(str(made))
        body = made.read_text(encoding="utf-8")
    return f'{HEAD}{body}\nMADE_OF = "{hashlib.sha256(text.encode()).hexdigest()}"\n'


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{TABLE} is written\n")
