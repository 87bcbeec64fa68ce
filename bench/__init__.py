"""Where we stand: what a run costs, beside what its engines cost when they are called with nothing of ours around."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "source" / "drug-related-crime" / "en.yaml"
