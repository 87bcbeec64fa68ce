"""Turns a Document's parts into elements: one writer for all, and a dialect for each medium made of elements."""
