"""The messages after a change, one file per noun."""
