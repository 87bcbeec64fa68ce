"""Makes a new folder for a publisher, with its first files."""
