"""Progress as it is typed: a percentage, a count out of a target, or so many more. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from mentorlog.errors import BadValue, shortened
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.goal import Goal

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_COUNT = rf"({_NUMBER}) ?(?:/| of ) ?({_NUMBER})"
_MORE = rf"\+ ?({_NUMBER})"
_LESS = rf"[-\u2212] ?({_NUMBER})%?"
_EXAMPLES = "for example: 40%, 12/50 or +3"


class Step(Value):
    """One piece of progress: a percentage (`bare`: without its sign), a count out of a target, or so many `more`."""

    percent: int | None = None
    bare: bool = False
    count: float | None = None
    of: float | None = None
    more: float | None = None


NOTHING = Step()
"""A comment alone."""


def parse(text: str) -> Step:
    """Return the progress that a text says: `40%`, `40`, `12/50`, `12 of 50`, `+3`; BadValue for anything else."""
    given = text.strip()
    digits = given.removesuffix("%").rstrip()
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) <= 100:
        return Step(percent=int(digits), bare=digits == given)
    if found := re.fullmatch(_COUNT, given):
        count, of = _number(found[1]), _number(found[2])
        if of == 0:
            raise BadValue("target", f"{shortened(given)} has a target of zero.", "for example: 12/50")
        return Step(count=count, of=of)
    if (found := re.fullmatch(_MORE, given)) and (more := _number(found[1])):
        return Step(more=more)
    if re.fullmatch(_LESS, given):
        hint = "to correct a count, record the right one, for example: 10/50"
        raise BadValue("progress", f"Progress cannot be negative, as in {shortened(given)}.", hint)
    if re.fullmatch(rf"{_NUMBER}%?|[0-9]+%?", given):
        sentence = f"{shortened(digits)} is not a whole percentage from 0 to 100."
        raise BadValue("progress", sentence, _EXAMPLES)
    raise BadValue("progress", f"{shortened(given)} is not progress.", _EXAMPLES)


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def number(text: str) -> float | None:
    """Return a number as it is typed; None for anything else."""
    return _number(text) if re.fullmatch(_NUMBER, text) else None


def recorded(goal: Goal, step: Step, text: str | None, *, on: date) -> Goal:
    """Return the goal with progress on a day; a first count sets its target too.

    What is added on an earlier day is added to the later counts as well. BadValue for what does not fit the target.
    """
    if step.bare and goal.target is not None:
        sentence = f"{step.percent} can be a count or a percentage: goal {goal.id} has a target of {goal.target}."
        raise BadValue("progress", sentence, f"use {step.percent}/{goal.target} or {step.percent}%")
    if step.of is not None and goal.target is None:
        goal = replace(goal, target=step.of)
    elif step.of is not None and step.of != goal.target:
        sentence = f"Goal {goal.id} has a target of {goal.target}, not {step.of}."
        revise = f"mentorlog goal revise {goal.id} --target {step.of}"
        raise BadValue("target", sentence, f"use {step.count}/{goal.target}, or change the target: {revise}")
    if step.more is None:
        return goal.progressed(step.percent, text, count=step.count, on=on)
    return _added(goal, step.more, text, on)


def _added(goal: Goal, more: float, text: str | None, on: date) -> Goal:
    if goal.target is None:
        hint = f"record the count with its target, for example: mentorlog goal progress {goal.id} {more}/50"
        raise BadValue("progress", f"Goal {goal.id} has no target, so +{more} cannot be counted.", hint)
    later = (
        one if one.count is None or one.on <= on else replace(one, count=_sum(one.count, more)) for one in goal.progress
    )
    before = [one.count for one in goal.progress if one.count is not None and one.on <= on]
    return replace(goal, progress=tuple(later)).progressed(
        text=text, count=_sum(before[-1] if before else 0, more), on=on
    )


def _sum(one: float, other: float) -> float:
    total = round(one + other, 3)
    return int(total) if total == int(total) else total
