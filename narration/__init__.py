"""Speech: a Document becomes a script, its takes and a line of time that every channel which speaks can quote."""
