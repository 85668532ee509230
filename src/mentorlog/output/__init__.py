"""How words get out: text for people, JSON for programs."""
