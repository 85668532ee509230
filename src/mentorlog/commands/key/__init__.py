"""The verbs of `mentorlog key`."""
