"""The list of publications, with its feeds."""
