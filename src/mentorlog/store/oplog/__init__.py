"""The operation log: commit, recovery, history, undo and redaction; the only code that changes record files."""
