"""The rules of DAISY 2.02, as a table: turns a finished book into those that it breaks."""
