"""The engine: turns sources into a published folder. Decides what must be made and by which process, and swaps it in
whole."""
