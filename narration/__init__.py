"""Speech: turns a Document into a script, the script into takes, and the takes into a timeline for every channel
with sound."""
