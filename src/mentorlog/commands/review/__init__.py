"""The verbs of `mentorlog review`."""
