"""The verbs of `mentorlog mentee`."""
