"""The audio channel: turns a Document into a recording, its tracks, captions and transcript."""
