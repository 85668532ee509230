"""The values of fields, each list once. It imports nothing, so that every other module can import it.

A closed list allows no other word; open lists (marked below) only feed help and completion.
"""

from __future__ import annotations

ME = "me"
"""The resident, in fields that otherwise hold a mentor: the owner of a task, who assigned it."""

RECORD_KINDS = ("mentor", "goal", "task", "meeting", "note", "review")
DATED_KINDS = ("meeting", "note", "review")
"""Kinds of records with a date of their own, `on`."""

VISIBILITIES = ("private", "mentor", "program", "open")
PRIORITIES = ("low", "normal", "high")

OPEN_GOALS = ("active", "paused")
CLOSED_GOALS = ("achieved", "partly", "dropped")
GOAL_STATUSES = (*OPEN_GOALS, *CLOSED_GOALS)
HORIZONS = ("short", "medium", "long")
COMPETENCIES = ("PC", "MK", "PBLI", "ICS", "PROF", "SBP")
DOMAINS = (
    *("clinical", "procedural", "diagnostic", "research", "teaching", "leadership", "communication", "career"),
    *("networking", "wellbeing", "ethics", "personal"),
)
"""Open."""

OPEN_TASKS = ("todo", "doing", "waiting", "submitted")
TASK_STATUSES = (*OPEN_TASKS, "done", "dropped")

HOPED_MENTORS = ("candidate", "invited")
LIVE_MENTORS = ("active", "paused", "stay_in_touch")
PAST_MENTORS = ("ended", "declined")
MENTOR_STATUSES = (*HOPED_MENTORS, *LIVE_MENTORS, *PAST_MENTORS)
LISTED_MENTORS = ("active", "stay_in_touch", "paused", "invited", "candidate", *PAST_MENTORS)
"""Every status of a mentorship, in the order of lists."""
MET_MENTORS = ("active", "stay_in_touch")
"""Statuses in which meetings fall due."""
ROLES = ("advisor", "consultant", "coach", "sponsor", "connector", "teacher", "friend", "peer")
"""Open."""
PROXIMITIES = ("same_section", "same_department", "same_institution", "external")
MY_ROLES = ("mentee", "mentor", "both")
FORMALITIES = ("formal", "informal")
MODELS = ("one_on_one", "shadowing", "networking", "group", "spot", "virtual", "reverse")
ORIGINS = ("assigned", "required", "organic", "self_selected")
FIT_ANSWERS = ("good", "deciding", "not_good")
ENDINGS = ("completed", "no_fault", "moved", "conduct")
REPLIES = ("yes", "no", "referral")
EXPECTATIONS = ("mine", "theirs", "off_limits", "not_looking_for")
"""The lists of expectations in a mentorship."""

MEETING_STATUSES = ("planned", "held", "cancelled", "missed")
MEETING_KINDS = ("first", "regular", "spot", "shadowing", "group", "case", "review", "closing")
MODES = ("in_person", "video", "phone", "coffee", "workplace", "message", "event")
CANCELLED_BY = (ME, "them", "other")

NOTE_STATUSES = ("open", "closed")
OPENING_NOTES = ("question", "advice", "feedback", "change")
"""Kinds of notes that can be open."""
NOTE_KINDS = (
    *("note", "reflection", "question", "advice", "feedback", "win"),
    *("introduction", "change", "given", "decision", "case"),
)

REVIEW_KINDS = ("quick", "full", "semiannual", "annual", "end_of_block")
STATUS_VERDICTS = ("achieved", "partly", "pause", "resume", "drop")
"""Verdicts that change the status of a goal."""
GOAL_VERDICTS = ("keep", "revise", *STATUS_VERDICTS)
ACTIVE_GOAL_VERDICTS = ("keep", "revise", "achieved", "partly", "pause", "drop")
PAUSED_GOAL_VERDICTS = ("keep", "resume", "revise", "achieved", "partly", "drop")
VERDICTS_WITH_REASON = ("revise", "partly", "pause", "drop")
TASK_VERDICTS = ("keep", "done", "defer", "drop")
