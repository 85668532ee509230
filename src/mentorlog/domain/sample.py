"""A fictional sample year for the tour, relative to today: Elizabeth Blackwell and her mentors. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from mentorlog import vocabulary
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.models.fields import Kind, class_of, spec
from mentorlog.models.profile import Profile
from mentorlog.models.record import Record, as_data, build, view


def year(data: Mapping[str, Any], today: date, now: datetime) -> tuple[Profile, list[Record]]:
    """Return a year that ends today, from data whose days are counted back from today."""
    morning = datetime.combine(today, time(9), now.tzinfo)
    profile = build(Profile, _dated(Profile, data["profile"], morning))
    records: list[Record] = []
    for kind in vocabulary.RECORD_KINDS:
        for one in data[kind]:
            values = _dated(class_of(kind), {"created": one.get("on"), **one}, morning)
            if kind == "review":
                known = [view(record) for record in records if record.created.date() <= values["on"]]
                seen = ReviewFacts(known, ReviewRequest(values["on"], values["kind"]))
                values |= {"period": as_data(seen.period), "facts": as_data(seen.facts)}
            records.append(build(class_of(kind), values))
    return profile, records


def _dated(kind: Kind, data: Mapping[str, Any], today: datetime) -> dict[str, Any]:
    """Return the data of a record or part with dates in place of numbers of days."""
    dated = dict(data)
    for name, one in spec(kind).items():
        value = data.get(name)
        if one.part and value:
            below = [_dated(one.part, item, today) for item in (value if one.is_list else [value])]
            dated[name] = below if one.is_list else below[0]
        elif type(value) is int and one.type_name in ("date", "datetime", "str"):
            at = today - timedelta(days=value)
            dated[name] = {"datetime": at, "date": at.date(), "str": at.date().isoformat()}[one.type_name]
    return dated


def answers(today: date) -> str:
    """Return the answers file of the review that the tour holds today."""
    due, by, grand_rounds, next_on = (today + timedelta(days=days) for days in (7, 90, 150, 182))
    reason = "The protocol comes first, the ethics board after it"
    return f"""\
kind = "semiannual"
worked = "Half a page a day"
did_not = "The abstract waited for a free weekend"
changed = "A study of my own is an aim now, no longer a wish"
next_on = {next_on}
verdicts = [
  {{ goal = "gc4s2", verdict = "keep" }},
  {{ goal = "gf7km", verdict = "achieved", reason = "Ten of ten, read alone" }},
  {{ goal = "gs5dy", verdict = "revise", reason = "{reason}", changes = {{ by = {by} }} }},
  {{ goal = "gv8nt", verdict = "pause", reason = "Two months of nights" }},
]
tasks = [{{ task = "tb4st", verdict = "defer", due = {due}, reason = "With the figures" }}]
mentors = [
  {{ mentor = "osler", fit = "good", cadence_ok = true }},
  {{ mentor = "roentgen", fit = "good", cadence_ok = false, comment = "Every second month is enough from now on" }},
]
add_goals = [{{ title = "Present at grand rounds", by = {grand_rounds}, with = ["osler"] }}]
"""
