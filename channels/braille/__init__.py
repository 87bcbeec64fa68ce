"""The braille channel: turns a Document into pages of cells for embossers and braille displays."""
