"""A second reckoning of every fact that mentorlog shows, and the random journals on which both must agree."""
