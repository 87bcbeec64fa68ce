"""The editor's page: shows what is published while the source is being written."""
