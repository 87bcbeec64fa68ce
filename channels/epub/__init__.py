"""The EPUB channel: a Document becomes a book for reading apps, whose every sentence is marked while it is heard."""
