"""The records, one kind per file."""
