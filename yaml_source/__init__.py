"""A YAML file to plain data in which each value knows its place, or to diagnostics that say what was meant."""
