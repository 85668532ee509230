"""Faults on purpose: every call to the file system counted, killed or failed."""
