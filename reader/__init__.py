"""Turns a YAML file into a Document, or into diagnostics that say what to mend."""
