"""Turns a YAML file into plain data in which each value knows its place, or into diagnostics that say what was
meant."""
