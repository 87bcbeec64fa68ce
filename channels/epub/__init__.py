"""The EPUB channel: turns a Document into a book for reading apps, in which each sentence is highlighted while it is
heard."""
