"""Backups of a journal: made in one moment, read back, verified and restored."""
