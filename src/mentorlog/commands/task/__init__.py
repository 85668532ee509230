"""The verbs of `mentorlog task`."""
