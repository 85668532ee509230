"""Tests of the export formats, and what they share."""
