"""Words that people and programs read."""
