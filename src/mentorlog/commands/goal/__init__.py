"""The verbs of `mentorlog goal`."""
