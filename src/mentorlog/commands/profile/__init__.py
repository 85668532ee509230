"""The verbs of `mentorlog profile`."""
