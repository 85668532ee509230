"""The SQLite copy that makes reading fast: derived, and may be deleted at any time."""
