"""The braille channel: a Document becomes pages of cells for embossers and braille displays."""
