"""Makes a tiny Piper voice: every phoneme is 512 samples of a tone, plus noise by the noise scale. The ONNX file is
written field by field (protocol buffers), so that no test needs the onnx package."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path

RATE = 16_000
SAMPLES = 512
FLOAT, INT64 = 1, 7


def make_voice(folder: Path, language: str = "en_GB") -> Path:
    """A voice file with its configuration beside it."""
    file = folder / "tiny.onnx"
    file.write_bytes(_model())
    symbols = "_^$ !,-.:;?" + "".join(map(chr, range(0x61, 0x7B))) + "".join(map(chr, range(0xE6, 0x32A)))
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "en-us"},
        "language": {"code": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(symbols)},
        "num_symbols": len(symbols),
        "num_speakers": 1,
    }
    file.with_name("tiny.onnx.json").write_text(json.dumps(config), encoding="utf-8")
    return file


def _model() -> bytes:
    """input [1, n] → [1, n, 1] · tone [1, 1, 512] → [1, 1, 1, 512 n], plus normal noise times scales[0]."""
    wave = [0.004 * math.sin(2 * math.pi * 8 * n / SAMPLES) for n in range(SAMPLES)]
    nodes = [
        _node("Cast", ["input"], ["ids"], _integer("to", FLOAT)),
        _node("Reshape", ["ids", "column"], ["each"]),
        _node("Mul", ["each", "tone"], ["spread"]),
        _node("Reshape", ["spread", "flat"], ["clean"]),
        _node("RandomNormalLike", ["clean"], ["normal"]),
        _node("Gather", ["scales", "first"], ["amount"]),
        _node("Mul", ["normal", "amount"], ["noise"]),
        _node("Add", ["clean", "noise"], ["output"]),
    ]
    constants = [
        _tensor("column", INT64, [3], struct.pack("<3q", 1, -1, 1)),
        _tensor("flat", INT64, [4], struct.pack("<4q", 1, 1, 1, -1)),
        _tensor("first", INT64, [1], struct.pack("<q", 0)),
        _tensor("tone", FLOAT, [1, 1, SAMPLES], struct.pack(f"<{SAMPLES}f", *wave)),
    ]
    inputs = [_value("input", INT64, 2), _value("input_lengths", INT64, 1), _value("scales", FLOAT, 1)]
    graph = b"".join(_bytes(1, node) for node in nodes) + _text(2, "tiny")
    graph += b"".join(_bytes(5, constant) for constant in constants)
    graph += b"".join(_bytes(11, value) for value in inputs) + _bytes(12, _value("output", FLOAT, 4))
    return _number(1, 8) + _bytes(8, _text(1, "") + _number(2, 13)) + _bytes(7, graph)


def _node(kind: str, inputs: list[str], outputs: list[str], attribute: bytes = b"") -> bytes:
    parts = [*(_text(1, name) for name in inputs), *(_text(2, name) for name in outputs), _text(4, kind)]
    return b"".join(parts) + (_bytes(5, attribute) if attribute else b"")


def _integer(name: str, value: int) -> bytes:
    return _text(1, name) + _number(3, value) + _number(20, 2)


def _tensor(name: str, kind: int, shape: list[int], raw: bytes) -> bytes:
    return b"".join(_number(1, size) for size in shape) + _number(2, kind) + _text(8, name) + _bytes(9, raw)


def _value(name: str, kind: int, rank: int) -> bytes:
    shape = b"".join(_bytes(1, _text(2, f"{name}{axis}")) for axis in range(rank))
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
