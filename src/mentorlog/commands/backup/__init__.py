"""The verbs of `mentorlog backup`."""
