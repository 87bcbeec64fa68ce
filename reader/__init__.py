"""From a YAML file to a Document, or to diagnostics that say what to mend."""
