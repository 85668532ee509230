"""How fast mentorlog is, beside programs that do the same work: `python3 -m benchmarks` (see docs/performance.md)."""
