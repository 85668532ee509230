"""The verbs of `mentorlog export`."""
