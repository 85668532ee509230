"""Storage: the journal, its files, index and operation log."""
