"""A review as a TOML form: the facts as comments, every answer still empty."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.reviewing.applying import ReviewRequest
from mentorlog.domain.reviewing.facts import GoalState, MentorState, ReviewFacts
from mentorlog.output.screens import review as screen
from mentorlog.output.text import safe

_HEAD = (
    "What stays empty was not answered: an empty verdict means not reviewed.",
    f"Verdicts on goals: {' '.join(vocabulary.GOAL_VERDICTS)};",
    f"  a reason is needed for {', '.join(vocabulary.VERDICTS_WITH_REASON)}.",
    f"On tasks: {' '.join(vocabulary.TASK_VERDICTS)} (defer with due).",
    f"Fit of mentors: {' '.join(vocabulary.FIT_ANSWERS)}. Is it productive, friendly, of use?",
    'Long texts stand between """ and """.',
)
_QUESTIONS = (
    ("worked", "What worked?", "What moved?"),
    ("did_not", "What did not?", "What is stuck?"),
    ("changed", "What changed?", "What changes?"),
    ("unlearned", "What did you unlearn?", ""),
)


def text(review: ReviewFacts, request: ReviewRequest) -> str:
    """Return the form of a review; a quick one asks for the drifting goals only."""
    quick = request.quick
    lines = [*_opening(review, request)]
    for state in review.drifting if quick else review.goals:
        lines += _goal(state, review)
    for task in () if quick else review.late:
        lines += _entry(f"late task {task['id']} {task['title']}", screen.task_rows(task, review))
        lines += ["[[tasks]]", f"task = {_quoted(task['id'])}", 'verdict = ""', 'due = ""', 'reason = ""', ""]
    for one in () if quick else review.mentors:
        lines += _mentor(one, review)
    later = (review.on + timedelta(days=180)).isoformat()
    example = ["[[add_goals]]", 'title = "Present at grand rounds"', f"by = {later}", 'with = ["osler"]']
    return "\n".join([*lines, *_comment(["New goals, as many as there are:", *example])]) + "\n"


def _opening(review: ReviewFacts, request: ReviewRequest) -> Iterator[str]:
    about = "everything" if review.scope == "all" else f"{review.scope} {review.names.get(review.scope, '')}"
    yield from _comment([f"Review of {about} on {dates.say(review.on)}, since {dates.say(review.period.start)}."])
    yield from _comment(f"  {label}: {text}" for label, text in screen.counters(review))
    yield from _comment(_HEAD)
    yield from ("", f"on = {request.on.isoformat()}", f"kind = {_quoted(request.kind)}")
    yield from (f"scope = {_quoted(request.scope)}", "")
    for key, full, short in _QUESTIONS:
        if question := short if request.quick else full:
            yield from (f"# {question}", f'{key} = ""')
    yield f"# When is the next review? Empty: {loop.RULES.review_days} days after this one."
    yield from (f'next_on = ""  # {(review.on + timedelta(days=loop.RULES.review_days)).isoformat()}', "")


def _goal(state: GoalState, review: ReviewFacts) -> Iterator[str]:
    status = state.goal["status"]
    mark = " (drifting)" if state.drifts else ("" if status == "active" else f" ({status})")
    title = f"{state.goal['id']} {state.goal['title']}{mark}"
    yield from _entry(title, screen.goal_rows(state, review))
    yield from ("[[verdicts]]", f"goal = {_quoted(state.goal['id'])}", 'verdict = ""', 'reason = ""')
    yield "# changes = { by = 2027-02-01 }        # with revise"
    yield from ('# clear = ["measure"]                  # with revise: empties a field', "")


def _mentor(state: MentorState, review: ReviewFacts) -> Iterator[str]:
    yield from _entry(f"{state.mentor['id']} {state.mentor['name']}", screen.mentor_rows(state, review))
    yield from ("[[mentors]]", f"mentor = {_quoted(state.mentor['id'])}", 'fit = ""', "# cadence_ok = true")
    yield '# every = "6 weeks"                    # where it is not: how often from now on'
    yield 'comment = ""'
    yield "# pulse = { communication = 4 }        # 1 to 7; also expectations, understanding,"
    yield from ("#                                      diversity, independence, development", "")


def _entry(title: str, rows: Sequence[screen.Fact]) -> Iterator[str]:
    facts = (f"  {label}: {text}" if label else f"  {text}" for label, text in rows if text)
    yield from _comment([title, *facts])


def _comment(lines: Iterable[str]) -> Iterator[str]:
    """Yield comment lines; what comes from records is made safe, so that none of it leaves its line."""
    yield from (f"# {safe(line)}".rstrip() for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
