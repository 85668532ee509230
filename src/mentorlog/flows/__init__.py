"""Code of several steps, or shared by several commands: the review, the tour, screens, exports."""
