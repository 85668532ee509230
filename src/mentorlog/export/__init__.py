"""Formats for export, one file per format."""
