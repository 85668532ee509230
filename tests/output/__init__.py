"""Tests of the words that people and programs read."""
