"""What leaves the journal: one file a format."""
