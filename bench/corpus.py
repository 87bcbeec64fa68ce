"""Turns the seed page into any number of different documents: its sentences in other orders, under other titles."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from bench import SEED


def write_corpus(folder: Path, count: int) -> Path:
    """Writes `count` publications into `folder`. They are the same each time."""
    seed: dict[str, Any] = yaml.load(SEED.read_bytes(), Loader=yaml.CSafeLoader)
    for number in range(count):
        path = folder / f"guide-{number:04}" / "en.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        page = _varied(seed, random.Random(number), number)  # noqa: S311 (an order, not a secret)
        path.write_text(yaml.safe_dump(page, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    return folder


def _varied(seed: dict[str, Any], chance: random.Random, number: int) -> dict[str, Any]:
    """The page with the sentences of each paragraph in another order, and one sentence that no other page has."""
    page = {**seed, "title": f"{seed['title']} {number}"}
    page["sections"] = []
    for section in seed["sections"]:
        blocks = [_shuffled(block, chance) for block in section["blocks"]]
        page["sections"].append({**section, "blocks": [*blocks, f"This is part of guide {number} of this series."]})
    return page


def _shuffled(block: Any, chance: random.Random) -> Any:
    if not isinstance(block, str) or block.endswith(":"):
        return block
    sentences = block.split(". ")
    chance.shuffle(sentences)
    return ". ".join(sentence.rstrip(".") for sentence in sentences) + "."
