"""The audio channel: a Document becomes a recording, its tracks, captions and transcript."""
