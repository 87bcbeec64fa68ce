"""Turns a page that somebody has (web page, Word, Markdown, plain text) into a source file and its images."""
