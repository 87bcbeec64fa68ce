"""The words of the command line → what each command does, and what it says of it."""
