"""Reviews: facts, answers, and what they change. Pure."""
