"""Random journals, as the plain data of their files; their days lie where rules change: a gap's end, 29 February."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import tomli_w

Record = dict[str, Any]
Files = dict[str, Record]
"""The data of each file, by its path in the journal."""

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
PEOPLE = {
    "osler": "William Osler",
    "curie": "Marie Curie",
    "nightingale": "Florence Nightingale",
    "semmelweis": "Ignaz Semmelweis",
    "noether": "Emmy Noether",
}
GONE = {"mentor": ["blackwell"], "goal": ["gzzzz"], "meeting": ["mzzzz"]}
"""Ids of records that were deleted, to which others still link."""

DAYS = (
    *(date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 2, 28), date(2027, 3, 1), date(2029, 2, 28)),
    *(date(2026, 4, 30), date(2027, 5, 31), date(2027, 8, 31), date(2028, 8, 29), date(2028, 8, 31), date(2026, 9, 30)),
    *(date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2000, 2, 29), date(2100, 3, 1)),
)
"""Leap days, and ends of months and years."""
CLOCK_CHANGES = {
    date(2026, 3, 29): "Europe/Berlin",
    date(2026, 10, 25): "Europe/Berlin",
    date(2026, 3, 8): "America/New_York",
    date(2026, 11, 1): "America/St_Johns",
    date(2027, 4, 4): "Australia/Lord_Howe",
    date(2026, 9, 6): "America/Santiago",
    date(2026, 4, 24): "Africa/Cairo",
    date(2011, 12, 30): "Pacific/Apia",
}
"""Days with an hour that is not there or there twice, at midnight too, and one that Samoa never had."""

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Santiago", "Africa/Cairo"),
    *("Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia"),
)
OFFSETS = (0, 60, 120, -300, -240, 345, -210, 840, -660)
"""Of UTC, in minutes."""
TIMES = ("00:00", "00:30", "02:30", "09:00", "12:00", "14:00", "18:45", "23:30", "23:59")

KINDS = ("quick", "full", "semiannual", "annual", "end_of_block")
GAPS = (
    *(0, 0, 1, 1, 2, 6, 7, 8, 13, 14, 15, 20, 21, 22, 27, 28, 29, 30, 41, 42, 43, 44, 45, 59, 60, 63, 89, 90, 91),
    *(180, 181, 182, 183, 184, 364, 365, 366, 367),
)
"""The days after which some rule changes its answer, and their neighbours."""


class Asked(NamedTuple):
    """A review that is asked for."""

    kind: str
    on: date
    scope: str
    since: date | None


class Moment(NamedTuple):
    """When, and in which zone, the program is asked; how far ahead, and for which review."""

    now: str
    zone: str
    within: int
    review: Asked

    @property
    def today(self) -> date:
        """The day that the clock says."""
        return date.fromisoformat(self.now[:10])


class Sample(NamedTuple):
    """A journal and the moments at which it is looked at; nothing in it happened after the first."""

    files: Files
    moments: tuple[Moment, ...]


def sample(seed: int, moments: int = 2) -> Sample:
    """Return the journal of a seed, and so many moments."""
    return _Maker(random.Random(seed)).sample(moments)


def write(files: Files, root: Path) -> None:
    """Write the journal into an empty folder."""
    for folder in ("mentors", "goals", "tasks", "meetings", "notes", "reviews"):
        (root / folder).mkdir(parents=True)
    for path, data in files.items():
        (root / path).write_bytes(tomli_w.dumps(data).encode())


def _days(data: Any) -> Iterator[date]:
    """Yield every day in the data of a file."""
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _days(value)
    elif isinstance(data, date):
        yield data.date() if isinstance(data, datetime) else data


class _Maker:
    """Makes one journal of random choices."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.today = self._some(self._some(*DAYS), self._some(*CLOCK_CHANGES), date(2026, 1, 1) + self._days(1500))
        self.files: Files = {"journal.toml": {"format": 1, "id": "5dcf1fede8511968"}}
        self.ids: dict[str, list[str]] = {kind: [] for kind in ("mentor", "goal", "task", "meeting", "note", "review")}

    def sample(self, count: int) -> Sample:
        amounts = {"mentor": 4, "goal": 4, "meeting": 7, "task": 7, "note": 5, "review": 5}
        if self.chance.random() < 0.1:
            amounts = dict.fromkeys(amounts, 1)
        for kind, most in amounts.items():
            for _ in range(self.chance.randint(0, most)):
                id = self._id(kind)
                made = self._common(kind, id) | getattr(self, f"_{kind}")()
                made = {key: value for key, value in made.items() if value is not None}
                self.files[f"{kind}s/{id}{'' if kind == 'mentor' else '-words'}.toml"] = made
        if self.chance.random() < 0.5:
            self.files["profile.toml"] = {"blocks": [self._block() for _ in range(self._some(1, 1, 2, 3, 5))]}
        days = [self.today, *(self._turning_day() for _ in range(count - 1))]
        return Sample(self.files, tuple(self._moment(day) for day in days))

    def _turning_day(self) -> date:
        """Return a day, today or later, on which some rule may change its answer for something in the journal."""
        known = [day for data in self.files.values() for day in _days(data)]
        paces = [data["cadence"] for data in self.files.values() if "cadence" in data]
        steps = [days for pace in paces for key, days in pace.items() if key in ("every_days", "longest_days")]
        turning = [day + timedelta(days=step) for day in known for step in (0, 1, 14, 42, 90, *steps)]
        turning += [data["on"] for data in self.files.values() if "at" in data] * 20
        return self._some(*(day for day in turning if day >= self.today), self.today + timedelta(days=self._gap()))

    # Choices

    def _some(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def _maybe(self, value: Any, likely: float = 0.5) -> Any:
        return value if self.chance.random() < likely else None

    def _days(self, most: int) -> timedelta:
        return timedelta(days=self.chance.randint(0, most))

    def _gap(self) -> int:
        return self.chance.choice(GAPS) if self.chance.random() < 0.7 else self.chance.randint(0, 400)

    def _past(self, since: date | None = None) -> date:
        """Return a day that is not after today, nor before another."""
        day = self.today - timedelta(days=self._gap())
        return day if since is None or day >= since else since + self._days((self.today - since).days)

    def _ahead(self) -> date:
        """Return a day on either side of today."""
        return self.today + timedelta(days=self._some(1, 1, -1) * self._gap())

    def _of(self, kind: str, likely: float = 0.5) -> str | None:
        """Return the id of a record of a kind, now and then of one that was deleted, or None."""
        known = self.ids[kind] + (GONE[kind] if self.chance.random() < 0.05 else [])
        return self._maybe(self.chance.choice(known), likely) if known else None

    def _people(self, most: int = 3) -> list[str]:
        known = self.ids["mentor"]
        return self.chance.sample(known, min(len(known), self.chance.randint(0, most)))

    def _moment(self, day: date) -> Moment:
        meetings = [data["at"] for data in self.files.values() if data.get("on") == day and "at" in data]
        zone, at = CLOCK_CHANGES.get(day) or self._some(*ZONES), self._some(*TIMES, *meetings * 3)
        now = self._some(
            f"{day}",
            f"{day}T{at}",
            datetime.combine(day, time.fromisoformat(at), self._offset()).isoformat(),
        )
        return Moment(now, zone, self._some(0, 1, 7, 14, 60), self._asked(day))

    def _asked(self, day: date) -> Asked:
        on = day - timedelta(days=self._some(0, 0, 1) * self._gap())
        scope = self._maybe(self._some("all", *self.ids["goal"], *self.ids["mentor"]), 0.2) or "all"
        return Asked(self._some(*KINDS), on, scope, self._maybe(on - timedelta(days=self._gap()), 0.15))

    def _offset(self) -> timezone:
        minutes = self._some(*OFFSETS)
        return timezone(timedelta(minutes=minutes)) if minutes else UTC

    # Records

    def _id(self, kind: str) -> str:
        taken = self.ids[kind]
        if kind == "mentor":
            id = self.chance.choice([one for one in PEOPLE if one not in taken])
        else:
            letter = {"goal": "g", "task": "t", "meeting": "m", "note": "n", "review": "r"}[kind]
            id = letter + "".join(self.chance.choices(ALPHABET, k=4))
        taken.append(id)
        return id

    def _common(self, kind: str, id: str) -> Record:
        at = time(self.chance.randrange(24), self.chance.randrange(60), self.chance.randrange(60))
        return {"id": id, "created": datetime.combine(self._past(), at, self._offset())}

    def _mentor(self) -> Record:
        id = self.ids["mentor"][-1]
        status = self._some(*["active"] * 5, "stay_in_touch", "paused", "candidate", "invited", "invited", "ended")
        return {
            "name": PEOPLE[id],
            "status": status if self.chance.random() < 0.95 else "declined",
            "my_role": self._maybe(self._some("mentor", "both", "mentee"), 0.2),
            "started": self._maybe(self._past()),
            "term_ends": self._maybe(self._ahead(), 0.2),
            "conflict_of_interest": self._maybe("He pays me", 0.1),
            "cadence": self._maybe(self._cadence(), 0.75),
            "expectations": self._maybe(self._expectations(), 0.4),
            "status_log": self._status_log(status),
        }

    def _block(self) -> Record:
        first = self._ahead()
        last = first + timedelta(days=self._some(0, 6, 7, 8, 13, 14, 27, 60, 120))
        return {"name": "Wards", "from": first, "to": last, "load": self._some("light", "normal", "heavy", "away")}

    def _status_log(self, status: str) -> list[Record] | None:
        """Return how a mentorship came to its status: nothing, or some way to it."""
        ways = {
            "invited": (["invited"], ["candidate", "invited"], ["candidate", "invited", "invited"]),
            "active": (["active"], ["candidate", "invited", "active"], ["active", "paused", "active"]),
        }
        way = self._some(*ways.get(status, (["active", status], [status])))
        days = sorted(self._past() for _ in way)
        log = [{"on": day, "status": one} for day, one in zip(days, way, strict=True)]
        for entry in log:
            if entry["status"] == "invited" and self.chance.random() < 0.5:
                entry["reason"] = self._some("email", "phone")
        return self._maybe(log, 0.85)

    def _cadence(self) -> Record:
        every = self._some(1, 7, 14, 28, 28, 30, 42, 45, 90, 91)
        cadence = {"every_days": every, "longest_days": self._maybe(every + self._some(0, 1, 7, 14, 60))}
        cadence |= {"minutes": self._maybe(30, 0.2), "mode": self._maybe("video", 0.2)}
        return {key: value for key, value in cadence.items() if value is not None}

    def _expectations(self) -> Record:
        lists = {name: self._maybe([name.capitalize()], 0.4) for name in ("mine", "theirs", "off_limits")}
        found = {**lists, "asked_on": self._maybe(self._past(), 0.4)}
        return {key: value for key, value in found.items() if value is not None} or {"mine": ["An opinion"]}

    def _goal(self) -> Record:
        status = self._some(*["active"] * 5, "paused", "achieved", "partly", "dropped")
        shares: list[Record] = [{"mentor": id} for id in self._people()]
        for share in shares:
            if self.chance.random() < 0.6:
                share["told_on"] = self._past()
        target = self._maybe(self.chance.randint(1, 60), 0.4)
        progress = [self._progress(target) for _ in range(self._some(0, 0, 0, 1, 2, 3))]
        if self.chance.random() < 0.3:
            progress += [self._progress(target) | {"on": entry["on"]} for entry in progress]
        if self.chance.random() < 0.8:
            progress.sort(key=lambda entry: entry["on"])
        return {
            "title": f"Goal {self.ids['goal'][-1]}",
            "status": status,
            "whose": self._of("mentor", 0.15),
            "by": self._maybe(self._ahead(), 0.6),
            "parent": self._maybe(self.chance.choice(self.ids["goal"]), 0.1) if len(self.ids["goal"]) > 1 else None,
            "closed_on": self._past() if status in ("achieved", "partly", "dropped") else None,
            "mentors": shares or None,
            "target": target,
            "progress": progress or None,
            "history": [self._revision(shares) for _ in range(self._some(0, 0, 1, 2))] or None,
        }

    def _progress(self, target: int | None) -> Record:
        entry: Record = {"on": self._past()}
        if target and self.chance.random() < 0.6:
            return entry | {"count": self.chance.randint(0, target + 5)}
        if self.chance.random() < 0.7:
            return entry | {"percent": self.chance.randint(0, 100)}
        return entry | {"text": "A draft"}

    def _revision(self, shares: list[Record]) -> Record:
        field = self._some("by", "measure", "title", "status", "mentors", "tags")
        on = self._some(self._past(), *(share["told_on"] for share in shares if "told_on" in share))
        return {"on": on, "field": field, "old": "2026-01-01", "new": "2026-02-01", "reason": "It changed"}

    def _meeting(self) -> Record:
        status = self._some("held", "held", "held", "planned", "planned", "planned", "cancelled", "missed")
        agenda = [{"text": f"Point {n}", "goal": self._of("goal", 0.7)} for n in range(self._some(0, 0, 1, 1, 2))]
        for item in agenda:
            item["done"] = self.chance.random() < 0.3
        return {
            "on": self._ahead() if status == "planned" else self._past(),
            "at": self._maybe(self._some(*TIMES), 0.4),
            "status": status,
            "mentors": self._people() or None,
            "minutes": self._maybe(45, 0.2),
            "mode": self._maybe("phone", 0.2),
            "cancelled_by": self._some("me", "them", "other") if status == "cancelled" else None,
            "agenda": [{key: value for key, value in item.items() if value is not None} for item in agenda] or None,
        }

    def _task(self) -> Record:
        status = self._some("todo", "todo", "doing", "waiting", "submitted", "submitted", "done", "done", "dropped")
        rounds = self._rounds(status)
        last = max((day for entry in rounds for day in entry.values()), default=None)
        return {
            "title": f"Task {self.ids['task'][-1]}",
            "status": status,
            "owner": self._of("mentor", 0.4),
            "assigned_by": self._of("mentor", 0.4),
            "helps": self._of("mentor", 0.15),
            "goal": self._of("goal", 0.5),
            "meeting": self._of("meeting", 0.3),
            "due": self._maybe(self._ahead(), 0.7),
            "done_on": self._maybe(self._past(last), 0.97) if status == "done" else None,
            "rounds": rounds or None,
        }

    def _rounds(self, status: str) -> list[Record]:
        """Return the rounds of a draft: a submitted one is out, others may have been; each begins after the last."""
        is_out = status == "submitted" or (status in ("waiting", "done", "dropped") and self.chance.random() < 0.2)
        count = self._some(0, 0, 0, 1, 2) + is_out
        days = sorted(self._past() for _ in range(2 * count))
        rounds = [{"sent": sent, "returned": back} for sent, back in zip(days[::2], days[1::2], strict=True)]
        if is_out:
            del rounds[-1]["returned"]
        return rounds if self.chance.random() < 0.9 else []  # written by hand

    def _note(self) -> Record:
        kinds = ("note", "question", "question", "change", "change", "advice", "feedback", "win", "reflection")
        kind, on = self._some(*kinds, "introduction"), self._past()
        opening = ("question", "change", "advice", "feedback", "introduction")
        is_open = kind in opening and self.chance.random() < 0.7
        told = [{"mentor": id, "on": self._past(on)} for id in self._people(1)]
        return {
            "on": on,
            "kind": kind,
            "status": "open" if is_open else "closed",
            "mentors": self._people(2) or None,
            "goal": self._of("goal", 0.5),
            "meeting": self._of("meeting", 0.2),
            "closed_on": self._maybe(self._past(on)) if not is_open else None,
            "text": f"Note {self.ids['note'][-1]}",
            "told": self._maybe(told or None, 0.5),
        }

    def _review(self) -> Record:
        on, goals = self._past(), self.ids["goal"]
        judged = self.chance.sample(goals, self.chance.randint(0, len(goals)))
        return {
            "on": on,
            "kind": self._some(*KINDS, "quick", "full"),
            "scope": self._maybe(self._of("goal") or self._of("mentor"), 0.2),
            "next_on": self._maybe(on + timedelta(days=self._gap())),
            "period": {"start": on - timedelta(days=self._gap()), "end": on},
            "facts": {"meetings_held": 0},
            "verdicts": [{"goal": id, "verdict": "keep"} for id in judged] or None,
        }
