"""The verbs of `mentorlog note`."""
