"""The verbs of `mentorlog import`."""
