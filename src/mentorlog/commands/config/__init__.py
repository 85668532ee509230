"""The verbs of `mentorlog config`."""
