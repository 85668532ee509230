"""How fast mentorlog is, beside its peers: `python3 -m benchmarks` (see docs/internals/performance.md)."""
