"""The page of an editor: what is published, beside the source that is being written."""
