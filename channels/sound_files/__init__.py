"""The sound files that people ask for: the recording in other containers, each a channel of its own."""
