"""What takes several steps or several commands share: the review, the tour, screens, exports."""
