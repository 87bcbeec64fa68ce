"""A new folder for a publisher: what stands in it at first."""
