"""The report on a period: what its rows say in words, and the marks of their strips. Pure."""
