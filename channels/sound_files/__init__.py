"""The sound files that people ask for: the recording in other containers. Each is a channel of its own."""
