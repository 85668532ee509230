"""Formats for import, one file per format."""
