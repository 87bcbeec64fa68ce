"""What a publication is, and the faults it may have. Knows no language, no YAML and no output format."""
