"""One file a noun: the sentences after a change."""
