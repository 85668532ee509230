"""The records: one kind of record per file; each rule stands once."""
