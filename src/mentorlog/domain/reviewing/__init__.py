"""Reassess and refine: facts, answers, and what they change. Pure."""
