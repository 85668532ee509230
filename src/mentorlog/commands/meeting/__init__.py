"""The verbs of `mentorlog meeting`."""
