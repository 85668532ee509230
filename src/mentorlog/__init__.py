"""mentorlog: the journal in which a medical resident keeps their mentorships."""

__version__ = "0.2.0"
