"""Tests of `mentorlog mentee`, and of all that is of a mentee."""
