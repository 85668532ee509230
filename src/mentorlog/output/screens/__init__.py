"""One file a command that shows: what it prints."""
