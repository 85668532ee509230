"""Words that lists need without loading a kind of record."""

OPEN_TASKS = ("todo", "doing", "waiting", "submitted")
OPEN_GOALS = ("active", "paused")
LIVE_MENTORS = ("active", "paused", "stay_in_touch")
HOPED_MENTORS = ("candidate", "invited")
