"""The proof of editions: compares what each says, read back from its files, with the Document that it was made from."""
