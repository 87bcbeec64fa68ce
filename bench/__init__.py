"""Measures the cost of a run, and compares it with the cost of its engines alone."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"
