"""The DAISY channel: turns a Document into a talking book with full text and full audio, DAISY 2.02, in a zip file."""
