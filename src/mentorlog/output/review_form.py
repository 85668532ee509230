"""The TOML form of a review: the facts as comments, with empty answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.output.screens import review as screen
from mentorlog.output.text import safe

_HEAD = (
    "Leave empty what you do not want to answer; no verdict means not reviewed.",
    f"Verdicts on goals: {' '.join(vocabulary.GOAL_VERDICTS)};",
    f"  a reason is required for {', '.join(vocabulary.VERDICTS_WITH_REASON)}.",
    f"Verdicts on tasks: {' '.join(vocabulary.TASK_VERDICTS)} (defer needs due).",
    f"Fit with mentors: {' '.join(vocabulary.FIT_ANSWERS)}.",
    "  Is it productive, amicable, beneficial?",
    f"Comfort: {' '.join(vocabulary.COMFORTS)}. Do you both feel comfortable?",
    'Put longer texts between """ and """.',
)
_QUESTIONS = (
    ("worked", "What worked?", "What moved?"),
    ("did_not", "What did not?", "What is stuck?"),
    ("changed", "What changed?", "What changes?"),
    ("unlearned", "What did you unlearn?", ""),
    ("wellbeing", "How are you? (never exported for others)", ""),
    ("asks", "What do you ask of your program?", ""),
)
_GOAL = """\
verdict = ""
reason = ""
# changes = { by = 2027-02-01 }        # with revise
# clear = ["measure"]                  # with revise: clears a field
"""
_TASK = """\
verdict = ""
due = ""
reason = ""
"""
_MENTOR = """\
fit = ""
# productive = true                    # also amicable, beneficial
comfort = ""
# their_comfort = "unsure"             # as far as you know
# cadence_ok = true
# every = "6 weeks"                    # the new cadence, if it is not ok
# mine = ["Honest feedback"]           # what you now expect of them too
# theirs = ["Drafts in time"]          # what they now expect of you too
comment = ""
# pulse = { communication = 4 }        # 1 to 7; also expectations,
#                                      understanding, diversity,
#                                      independence, development
"""


def text(review: ReviewFacts, request: ReviewRequest) -> str:
    """Return the form of a review; a quick one covers only the drifting goals."""
    quick = request.quick
    lines = [*_opening(review, request)]
    for state in review.drifting if quick else review.goals:
        goal = state.goal
        mark = " (drifting)" if state.drifts else "" if goal["status"] == "active" else f" ({goal['status']})"
        title = f"{goal['id']} {goal['title']}{mark}"
        lines += _entry(title, screen.goal_rows(state, review), "[[verdicts]]", "goal", goal["id"], _GOAL)
    for task in () if quick else review.late:
        title = f"late task {task['id']} {task['title']}"
        lines += _entry(title, screen.task_rows(task, review), "[[tasks]]", "task", task["id"], _TASK)
    for one in () if quick else review.mentors:
        id = one.mentor["id"]
        rows = screen.mentor_rows(one, review)
        lines += _entry(f"{id} {one.mentor['name']}", rows, "[[mentors]]", "mentor", id, _MENTOR)
    later = review.on + timedelta(days=180)
    new = ["[[add_goals]]", 'title = "Present at grand rounds"', f"by = {later.isoformat()}", 'with = ["osler"]']
    return "\n".join([*lines, *_comment(["New goals, one entry each:", *new])]) + "\n"


def _opening(review: ReviewFacts, request: ReviewRequest) -> Iterator[str]:
    about = "everything" if review.scope == "all" else f"{review.scope} {review.names.get(review.scope, '')}"
    yield from _comment([f"Review of {about} on {dates.say(review.on)}, since {dates.say(review.period.start)}"])
    yield from _comment(_facts(screen.counters(review)))
    yield from _comment(_HEAD)
    yield from ("", f"on = {request.on.isoformat()}", f"kind = {_quoted(request.kind)}")
    yield f"scope = {_quoted(request.scope)}"
    chosen = request.since.isoformat() if request.since else '""'
    yield from (f"since = {chosen}  # the first day of the period, if not {review.period.start}", "")
    for key, full, short in _QUESTIONS:
        if question := short if request.quick else full:
            yield from (f"# {question}", f'{key} = ""')
    yield f"# When is the next review? Default: {review.rules.review_days} days after this one."
    yield from (f'next_on = ""  # {(review.on + timedelta(days=review.rules.review_days)).isoformat()}', "")


def _entry(title: str, rows: Sequence[screen.Fact], table: str, key: str, id: str, answers: str) -> Iterator[str]:
    """Yield the facts about a record as comments, then its entry with empty answers."""
    yield from _comment([title, *_facts(rows)])
    yield from (table, f"{key} = {_quoted(id)}", answers)


def _facts(rows: Iterable[screen.Fact]) -> Iterator[str]:
    """Yield each fact in a line; one without a label goes on the list before it."""
    yield from (f"  {label}: {text}" if label else f"  {text}" for label, text in rows if text)


def _comment(lines: Iterable[str]) -> Iterator[str]:
    """Yield comment lines, made safe so that no text from a record can leave its line."""
    yield from (f"# {safe(line)}".rstrip() for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
