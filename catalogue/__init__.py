"""The list of publications."""
