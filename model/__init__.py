"""The model of a publication and of the faults it may have. It knows no language, no YAML and no output format."""
