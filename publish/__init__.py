"""From sources to a published folder: what must be made, by which process, and how it is swapped in whole."""
