"""Tests of reassessing: facts, answers, what they change, and comparing."""
