"""Tests of what comes into a journal: imports, and the backup in JSON."""
