"""Conversations of several steps: the review, the tour, screens and exports that several commands share."""
