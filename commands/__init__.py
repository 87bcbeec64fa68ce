"""Turns the words of the command line into what each command does and says."""
