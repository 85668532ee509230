"""The operation log: commit, recovery, history, undo, redaction; it alone changes records."""
