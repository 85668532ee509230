"""The verbs of `mentorlog mentor`."""
