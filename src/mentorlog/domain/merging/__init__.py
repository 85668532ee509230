"""Three-way merges of records by field: pure, without a clock, and the same whichever side comes first."""
