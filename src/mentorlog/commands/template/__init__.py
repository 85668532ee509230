"""The verbs of `mentorlog template`."""
