"""The verbs of `mentorlog letter`."""
