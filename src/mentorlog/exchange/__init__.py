"""Formats that come in: one file for each, from a document to records."""
