"""Words before the voice: what is written becomes what is said, one module a language."""
