"""A page that somebody has (web page, Word, Markdown, plain text) to a source file and its images."""
