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
COMPETENCY_NAMES = {
    "PC": "patient care",
    "MK": "medical knowledge",
    "PBLI": "practice-based learning and improvement",
    "ICS": "interpersonal and communication skills",
    "PROF": "professionalism",
    "SBP": "systems-based practice",
}
"""The six core competencies of the ACGME, in its order."""
COMPETENCIES = tuple(COMPETENCY_NAMES)
DOMAINS = (
    *("clinical", "procedural", "diagnostic", "research", "teaching", "leadership", "communication", "career"),
    *("networking", "wellbeing", "ethics", "personal"),
)
"""Open."""

OPEN_TASKS = ("todo", "doing", "waiting", "submitted")
SENT_TASKS = ("waiting", "submitted")
"""Statuses in which a draft can be with its mentor."""
TASK_STATUSES = (*OPEN_TASKS, "done", "dropped")
LETTER_ANSWERS = ("yes", "no", "later")
BLOCK_LOADS = ("light", "normal", "heavy", "away")
"""How much a rotation leaves time for, the lightest first."""

HOPED_MENTORS = ("candidate", "invited")
LIVE_MENTORS = ("active", "paused", "stay_in_touch")
PAST_MENTORS = ("ended", "declined")
BEGUN_MENTORS = (*LIVE_MENTORS, "ended")
"""Statuses of mentorships that began, even if they are over."""
MENTOR_STATUSES = (*HOPED_MENTORS, *LIVE_MENTORS, *PAST_MENTORS)
LISTED_MENTORS = ("active", "stay_in_touch", "paused", "invited", "candidate", *PAST_MENTORS)
"""Every status of a mentorship, in the order of lists."""
MET_MENTORS = ("active", "stay_in_touch")
"""Statuses in which meetings fall due."""
ROLES = ("advisor", "consultant", "coach", "sponsor", "connector", "teacher", "friend", "peer")
"""Open."""
PROXIMITIES = ("same_section", "same_department", "same_institution", "external")
MY_ROLES = ("mentee", "mentor", "both")
MENTORING = ("mentor", "both")
"""The roles in which I mentor somebody."""
FORMALITIES = ("formal", "informal")
MODELS = ("one_on_one", "shadowing", "networking", "group", "spot", "virtual", "reverse")
ORIGINS = ("assigned", "required", "organic", "self_selected")
FIT_MEANINGS = {"good": "it works for me", "deciding": "too early to say", "not_good": "it does not work for me"}
FIT_ANSWERS = tuple(FIT_MEANINGS)
FIT_TESTS = ("productive", "amicable", "beneficial")
COMFORTS = ("yes", "no", "unsure")
"""Whether somebody feels comfortable in a mentorship."""
SCHEDULERS = (ME, "them")
"""Who arranges the meetings of a mentorship."""
ENDING_MEANINGS = {
    "completed": "its goals are reached",
    "term_ended": "its term is over",
    "drifted": "contact faded away",
    "no_fault": "it did not work out; nobody is to blame",
    "moved": "one of you moved away or changed fields",
    "conduct": "because of how one of you behaved",
}
"""What each ending means, for help and for questions; so with the other meanings below."""
ENDINGS = tuple(ENDING_MEANINGS)
FAILED_ENDINGS = ("drifted", "no_fault", "conduct")
"""Endings after which the reasons are asked for; after the others, how to pay it forward is."""
ENDING_REASONS = (
    *("goals_met", "time", "communication", "commitment", "personality", "competition", "conflict_of_interest"),
    *("expertise", "moved"),
)
"""Open."""
REPLIES = ("yes", "no", "referral")
CHANNELS = ("email", "e-mail", "mail", "phone", "post", "letter", "message", "text", "chat", "video")
"""Ways to ask somebody that a sentence names: `asked by email`. Open."""
EXPECTATIONS = ("mine", "theirs", "off_limits", "not_looking_for")
"""The lists of expectations in a mentorship."""

CALENDAR_TASKS = ("event", "todo", "none")
"""What tasks become in a calendar: events, which every calendar shows, to-dos, or nothing."""

PAST_EVENTS = ("held", "planned", "skip")
"""What an import makes of events that are over: held meetings, plans that are asked about, or nothing."""

MEETING_STATUSES = ("planned", "held", "cancelled", "missed")
MEETING_KINDS = ("first", "regular", "spot", "shadowing", "group", "case", "review", "closing")
MODES = ("in_person", "video", "phone", "coffee", "workplace", "message", "event")
CANCELLED_BY = (ME, "them", "other")

NOTE_STATUSES = ("open", "closed")
OPENING_NOTES = ("question", "advice", "feedback", "change", "decision", "introduction")
"""Kinds of notes that can be open."""
PREPARED_NOTES = ("question", "decision", "change")
"""Kinds of open notes that `meeting prep` lists."""
SHARED_NOTES = ("question", "advice", "feedback", "change", "win", "given", "introduction")
"""Kinds of notes that an export for a mentor includes, if they name the mentor."""
NOTE_KINDS = (
    *("note", "reflection", "question", "advice", "feedback", "win"),
    *("introduction", "change", "given", "decision", "case", "pearl", "advocacy"),
)
ADVICE_RESULTS = ("helped", "mixed", "did_not", "not_tried")

CV_SECTION_MEANINGS = {
    "education": "Education",
    "training": "Postgraduate training",
    "position": "Positions",
    "certification": "Certification and licenses",
    "award": "Honors and awards",
    "membership": "Memberships",
    "grant": "Grants",
    "research": "Research experience",
    "article": "Articles",
    "chapter": "Chapters and reviews",
    "abstract": "Abstracts and posters",
    "presentation": "Presentations",
    "teaching": "Teaching",
    "supervision": "Mentoring and supervision",
    "quality": "Quality improvement",
    "committee": "Leadership and committees",
    "service": "Service",
    "media": "Other media",
    "skill": "Skills and languages",
}
"""The sections of a CV in their order, and their headings."""
CV_SECTIONS = tuple(CV_SECTION_MEANINGS)
PUBLICATIONS = ("article", "chapter", "abstract")
"""The sections of a CV that are a list of publications."""
UNPUBLISHED = ("idea", "draft", "submitted", "accepted", "in_press")
"""States of a publication before it is out."""
CV_STATES = (*UNPUBLISHED, "published", "given", "awarded", "active", "ended")
CV_FORMATS = ("md", "json-resume", "bibtex")
SCOPES = ("local", "regional", "national", "international")

REVIEW_KIND_MEANINGS = {
    "quick": "since the last review of any kind",
    "full": "since the last one that was not quick",
    "semiannual": "half a year",
    "annual": "a year",
    "end_of_block": "since the block began",
}
REVIEW_KINDS = tuple(REVIEW_KIND_MEANINGS)
VERDICT_MEANINGS = {
    "keep": "leave it as it is",
    "revise": "change its date or its words",
    "achieved": "it is reached",
    "partly": "close it, reached in part",
    "pause": "let it rest",
    "resume": "make it active again",
    "done": "it is finished",
    "defer": "give it a later day",
    "drop": "give it up",
}
"""What the verdicts on goals and tasks mean."""
STATUS_VERDICTS = ("achieved", "partly", "pause", "resume", "drop")
"""Verdicts that change the status of a goal."""
GOAL_VERDICTS = ("keep", "revise", *STATUS_VERDICTS)
ACTIVE_GOAL_VERDICTS = ("keep", "revise", "achieved", "partly", "pause", "drop")
PAUSED_GOAL_VERDICTS = ("keep", "resume", "revise", "achieved", "partly", "drop")
VERDICTS_WITH_REASON = ("revise", "partly", "pause", "drop")
TASK_VERDICTS = ("keep", "done", "defer", "drop")
