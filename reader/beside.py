"""Turns a node that names a file beside its own into the path of that file."""

from __future__ import annotations

import os
from pathlib import Path

from yaml_source.node import Node


def file_beside(node: Node) -> Path:
    """The file that a node names. It lies beside the file in which the node stands."""
    return Path(node.mark.file).parent / node.text


def from_source(node: Node, source: Path) -> str:
    """The path of that file from the folder of the source, with forward slashes."""
    return Path(os.path.relpath(file_beside(node), source.parent)).as_posix()
