"""A Document's parts as elements: one writer, and a dialect for each medium that is made of elements."""
