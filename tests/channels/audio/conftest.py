"""The fixtures of narration: the documents, their recordings and the voice that makes them."""

from tests.narration.conftest import channel, espeak, everything, read_document, recorded, recording, seed

__all__ = ["channel", "espeak", "everything", "read_document", "recorded", "recording", "seed"]
