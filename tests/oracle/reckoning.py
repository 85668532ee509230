"""What the screens should say by the rules: what to prepare, the facts of a review, what matters now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oracle.rules import OPEN_GOALS, Record, Rules, ids, iso, months_before, plus

REVIEW_AFTER = 90
WAITING_AFTER = 14


class Reckoning(Rules):
    """The facts of a journal on one day."""

    # Preparing

    def prep(self, who: str) -> Record:
        """Return what to prepare for a meeting with a mentor."""
        mentor = self.mentor(who)
        mine = [one for one in self.meetings if who in one.get("mentors", [])]
        order = sorted(mine, key=lambda one: (one["on"], one.get("at") or ""))
        held = [one for one in order if one["status"] == "held"]
        planned = [one for one in order if one["status"] == "planned"]
        ahead = [one for one in planned if one["on"] >= self.today]
        meeting = (ahead[0] if ahead else planned[-1]) if planned else None
        last = held[-1] if held else None
        owed = [task for task in self.open_tasks() if who in self.people(task)]
        done = [t for t in self.by_due(self.tasks) if t["status"] == "done" and who in self.people(t)]
        done = [t for t in done if last and t.get("done_on") and t["done_on"] >= last["on"]]
        questions = [n for n in self.notes if n["kind"] == "question" and n["status"] == "open"]
        questions = [n for n in questions if who in n.get("mentors", [])]
        agreed, cadence = mentor.get("expectations", {}), mentor.get("cadence", {})
        return {
            "meeting": meeting and meeting["id"],
            "last_meeting": last and last["id"],
            "minutes": (meeting or {}).get("minutes") or cadence.get("minutes"),
            "mode": meeting["mode"] if meeting else cadence.get("mode"),
            "off_limits": agreed.get("off_limits", []),
            "conflict_of_interest": mentor.get("conflict_of_interest"),
            "assignments": ids(t for t in owed if t["owner"] == "me" and not self.is_out(t)),
            "drafts": ids(t for t in owed if t["owner"] == "me" and self.is_out(t)),
            "promises": ids(t for t in owed if t["owner"] != "me"),
            "assignments_done": ids(t for t in done if t["owner"] == "me"),
            "promises_kept": ids(t for t in done if t["owner"] != "me"),
            "introductions": ids(n for n in self.introductions() if who in n.get("mentors", [])),
            "questions": ids(sorted(questions, key=lambda n: (n["on"], n["id"]))),
            "goals_untold": ids(self.by_day(g for g in self.goals if self._untold_to(g, who))),
            "changes": sorted(self._changes(mentor)),
            "agenda": [item["text"] for item in (meeting or {}).get("agenda", []) if not item.get("done")],
        }

    def _untold_to(self, goal: Record, who: str) -> bool:
        shares = [share for share in goal.get("mentors", []) if share["mentor"] == who]
        return goal["status"] in OPEN_GOALS and any(not share.get("told_on") for share in shares)

    def _changes(self, mentor: Record) -> Iterator[tuple[str, str, str]]:
        """Yield (day, id, field) of what changed since the mentorship began and the mentor does not know."""
        who, start = mentor["id"], mentor.get("started") or mentor["created"].date()
        for note in self.notes:
            theirs = who in note.get("mentors", []) or not (note.get("mentors") or self.is_mentee(who))
            told = any(entry["mentor"] == who for entry in note.get("told", []))
            if note["kind"] == "change" and note["status"] == "open" and theirs and not told and note["on"] >= start:
                yield note["on"].isoformat(), note["id"], ""
        for goal in self.goals:
            for share in goal.get("mentors", []):
                for entry in goal.get("history", []):
                    known = share.get("told_on")
                    news = entry["field"] not in ("mentors", "tags", "links", "visibility", "notes")
                    if share["mentor"] == who and known and news and entry["on"] > known and entry["on"] >= start:
                        yield entry["on"].isoformat(), goal["id"], entry["field"]

    # Reviews

    def first_day(self) -> date | None:
        """Return the day on which the first record was written."""
        return min((record["created"].date() for record in self.everything()), default=None)

    def review_due(self) -> date | None:
        """Return the day of the next review."""
        return self._next_review()[0]

    def next_review(self) -> Record:
        """Return what `review due` says."""
        day, reason = self._next_review()
        return {"due_on": iso(day), "late": day is not None and day < self.today, "reason": reason}

    def _next_review(self) -> tuple[date | None, str | None]:
        """Return the nearest day that was named and not met, else 90 days after the last review or the first record.

        Left open: a review of one goal or mentor never puts off the review of everything.
        """
        held = sorted(self.reviews, key=lambda one: (one["on"], one["created"], one["id"]))
        named = [one for at, one in enumerate(held) if one.get("next_on") and not self._met(one, held[at + 1 :])]
        named = [one for one in named if one["kind"] != "quick"]
        days = [(one["next_on"], "next_on") for one in named]
        if not [one for one in named if one["scope"] == "all"]:
            of_all = [one["on"] for one in held if one["scope"] == "all"]
            first = self.first_day()
            if of_all:
                days.append((plus(of_all[-1], REVIEW_AFTER), "last_review"))
            elif first:
                days.append((plus(first, REVIEW_AFTER), "first_record"))
        days += [(block["to"], "end_of_block") for block in self.ends(self.reviews, self.first_day())[:1]]
        return min(days, key=lambda one: one[0], default=(None, None))

    def ends(self, reviews: list[Record], first: date | None) -> list[Record]:
        """Return the blocks whose end no review has met. Left open: that a block of a week or less, or before the first
        record, has no review; and that one of its last week meets its end if it is of that kind, else one from then on.
        """
        found = []
        for block in sorted(self.blocks, key=lambda one: (one["to"], one["from"])):
            met = first is None or block["to"] < first or (block["to"] - block["from"]).days < 7
            for one in reviews:
                if one["scope"] == "all" and one["kind"] != "quick":
                    met = met or one["on"] >= block["to"]
                    met = met or (one["kind"] == "end_of_block" and one["on"] >= plus(block["to"], -7))
            if not met:
                found.append(block)
        return found

    def _met(self, review: Record, later: list[Record]) -> bool:
        """Return whether a later review met the day that one has named. Left open, what meets it: one of everything or
        of the same scope that was held then or later, or before then in its place: the same kind, or an annual one for
        a semiannual one. A quick one meets nothing.
        """
        for one in later:
            fits = one["kind"] != "quick" and one["scope"] in ("all", review["scope"])
            same = one["kind"] == review["kind"] or (one["kind"], review["kind"]) == ("annual", "semiannual")
            if fits and (same or one["on"] >= review["next_on"]):
                return True
        return False

    def last_review(self, kind: str, scope: str, before: date) -> Record | None:
        """Return the last review before a day after which a period of a kind begins. Left open: that a review of
        everything is also one of each goal and mentor, and that those of one day do not end each other's period.
        """
        kinds = {
            "quick": ("quick", "full", "end_of_block", "semiannual", "annual"),
            "full": ("full", "end_of_block", "semiannual", "annual"),
            "end_of_block": ("full", "end_of_block", "semiannual", "annual"),
            "semiannual": ("semiannual", "annual"),
            "annual": ("annual",),
        }[kind]
        found = [one for one in self.reviews if one["kind"] in kinds and one["scope"] in ("all", scope)]
        found = [one for one in found if one["on"] < before]
        return max(found, key=lambda one: (one["on"], one["created"], one["id"]), default=None)

    def can_be_reviewed(self) -> bool:
        """Return whether there is a goal, a task or a mentor; without them a review is refused."""
        return bool(self.goals or self.tasks or self.mentors)

    def in_scope(self, record: Record, scope: str) -> bool:
        """Return whether a record is of everything, or linked to one goal or mentor."""
        if scope in ("all", record["id"]):
            return True
        links = [record.get(key) for key in ("goal", "owner", "assigned_by", "helps", "whose")]
        links += [item.get("goal") for item in record.get("agenda", [])]
        links += [one["mentor"] if isinstance(one, dict) else one for one in record.get("mentors", [])]
        return scope in links

    def happened(self) -> list[tuple[date, Record]]:
        """Return all that has a day on which it happened: meetings that were held or called off, notes, tasks done."""
        found = [(one["on"], one) for one in self.meetings if one["status"] != "planned"]
        found += [(one["on"], one) for one in self.notes]
        return found + [(one["done_on"], one) for one in self.tasks if one["status"] == "done" and one.get("done_on")]

    def period(self, kind: str, on: date, scope: str, since: date | None) -> tuple[date, date]:
        """Return the first and the last day of the period of a review."""
        last, months = self.last_review(kind, scope, on), {"semiannual": 6, "annual": 12}.get(kind)
        # the first day of all that is known
        records = (*self.mentors, *self.goals, *self.tasks, *self.meetings, *self.notes)
        days = [one["created"].date() for one in records if self.in_scope(one, scope)]
        days += [day for day, one in self.happened() if self.in_scope(one, scope)]
        first = min(days, default=on)
        block = self.block_of(on, first) if kind == "end_of_block" else None
        if since is not None:
            start = since
        elif block is not None:
            start = block["from"]
        elif last is not None:
            start = plus(last["on"], 1)
        elif months is not None:
            start = months_before(plus(on, 1), months)
        else:
            start = first
        return min(start, on), on

    def block_of(self, on: date, first: date) -> Record | None:
        """Return the block that a review of a day closes: the first that ends by the next week, else the one of it."""
        ends = self.ends([one for one in self.reviews if one["on"] < on], first)
        for block in ends:
            if plus(block["to"], -7) <= on:
                return block
        of_day = [block for block in self.blocks if block["from"] <= on <= block["to"]]
        return max(of_day, key=lambda one: (one["from"], one["to"]), default=None)

    def review(self, kind: str, on: date, scope: str, since: date | None) -> Record:
        """Return the period and the facts of a review."""
        start, end = self.period(kind, on, scope, since)
        inside = [one for day, one in self.happened() if start <= day <= end and self.in_scope(one, scope)]
        tasks = [one for one in self.tasks if self.in_scope(one, scope)]
        mine, theirs = ([t for t in tasks if (t["owner"] == "me") == is_mine] for is_mine in (True, False))
        done = [one for one in inside if one["status"] == "done"]
        if scope == "all":  # what a mentee has to do counts in a review of their mentorship or goal only
            theirs = [one for one in theirs if self.is_promise(one)]
            done = [one for one in done if one["owner"] == "me" or self.is_promise(one)]
        known = [one for one in self.goals if self.in_scope(one, scope) and one["created"].date() <= on]
        known = [one for one in known if not one.get("whose") or scope in (one["whose"], one["id"])]
        goals = [one for one in known if one["status"] in OPEN_GOALS or one["id"] == scope]
        return {
            "period": {"start": iso(start), "end": iso(end)},
            "facts": {
                "meetings_held": len([one for one in inside if one["status"] == "held"]),
                "meetings_cancelled_by_me": len([one for one in inside if one.get("cancelled_by") == "me"]),
                "meetings_cancelled_by_them": len([one for one in inside if one.get("cancelled_by") == "them"]),
                "meetings_missed": len([one for one in inside if one["status"] == "missed"]),
                "tasks_done": len([one for one in done if one["owner"] == "me"]),
                # Left open: a draft that is out is an open task of mine still, only never a late one.
                "tasks_late": len([one for one in mine if self.was_open(one, on) and self.late(one, on)]),
                "tasks_open": len([one for one in mine if self.was_open(one, on)]),
                "promises_kept": len([one for one in done if one["owner"] != "me"]),
                "promises_open": len([one for one in theirs if self.was_open(one, on)]),
                "goals": [
                    {
                        "goal": one["id"],
                        "last_evidence": iso(self.last_evidence(one["id"], on)),
                        "progress": self.percent(one, on),
                        "count": self.count(one, on),
                        "target": one.get("target"),
                    }
                    for one in goals
                ],
                "entered_late": self.entered_late(kind, on, scope, start),
            },
        }

    def entered_late(self, kind: str, on: date, scope: str, start: date) -> list[str]:
        """Return what happened before the period and was written down since the last review: that after which the
        period begins; where there is none, the last of any kind.
        """
        last = self.last_review(kind, scope, on) or self.last_review("quick", scope, on)
        found = []
        for day, one in self.happened():
            if last and day < start and one["created"] > last["created"] and self.in_scope(one, scope):
                found.append((day, one["id"]))
        return [id for _, id in sorted(found)]

    # What matters now

    def status(self) -> Record:
        """Return the facts of `status`."""
        open_tasks = self.open_tasks()
        meetings = sorted(self.planned(), key=lambda one: (one["on"], one["id"]))
        return {
            "today": iso(self.today),
            "passed": ids(one for one in meetings if self.passed(one)),
            "planned": ids(one for one in meetings if not self.passed(one)),
            "contacts": self.contacts(),
            "mine": [self.full_task(task) for task in open_tasks if self.is_mine(task)],
            "theirs": [self.full_task(task) for task in open_tasks if self.is_theirs(task)],
            "drifting": self.goal_list(drifting=True),
            "mentees": self.mentees(),
            "review_on": iso(self.review_due()),
            "waiting": [{key: row[key] for key in row if key != "days"} for row in self.waiting()],
            "terms": [{"id": id, "term_ends": iso(day)} for day, id in sorted(self.terms())],
            "counts": {kind: len(records) for kind, records in self.records.items() if records},
        }

    def mentees(self) -> list[Record]:
        """Return the goals and tasks of those whom I mentor and who have not left; of both, the goals only."""
        rows = []
        for one in sorted(self.mentors, key=lambda one: (one["name"], one["id"])):
            if one["my_role"] != "mentee" and one["status"] not in ("ended", "declined"):
                goals = [goal for goal in self.by_day(self.goals) if goal.get("whose") == one["id"]]
                tasks = [task for task in self.open_tasks() if task["owner"] == one["id"] and self.is_mentee(one["id"])]
                active = [goal["id"] for goal in goals if goal["status"] == "active"]
                rows.append({"id": one["id"], "goals": active, "tasks": ids(tasks)})
        return rows

    def terms(self) -> list[tuple[date, str]]:
        """Return the days on which the terms of mentorships end that are not over."""
        lasting = [one for one in self.mentors if one["status"] in ("active", "paused")]
        return [(one["term_ends"], one["id"]) for one in lasting if one.get("term_ends")]

    def waiting(self) -> list[Record]:
        """Return what waits, the longest first: invitations, drafts that are out, promises of theirs, introductions."""
        waits: list[tuple[date, str, str, list[str], date | None]] = []
        for mentor in self.mentors:
            if mentor["status"] == "invited":
                asked = [one["on"] for one in mentor.get("status_log", []) if one["status"] == "invited"]
                since = asked[-1] if asked else mentor["created"].date()
                waits.append((since, mentor["id"], "invitation", [mentor["id"]], None))
        for task in self.open_tasks():
            if task["owner"] != "me" and not self.is_promise(task):
                continue
            if self.is_out(task):
                since = self.sent_on(task) or self.since_on(task)
                waits.append((since, task["id"], "draft", self.people(task), None))
            elif task["owner"] != "me":
                waits.append((self.since_on(task), task["id"], "promise", self.people(task), task.get("due")))
        for note in self.introductions():
            waits.append((note["on"], note["id"], "introduction", note.get("mentors", []), None))
        rows = []
        for since, id, kind, people, due in sorted(waits, key=lambda wait: wait[:2]):
            days = {"since": iso(since), "due_on": iso(due), "days": (self.today - since).days}
            rows.append({"id": id, "kind": kind, "mentors": people, **days})
        return rows

    def introductions(self) -> list[Record]:
        """Return the open introductions of two weeks ago and more, the oldest first."""
        found = [n for n in self.notes if n["kind"] == "introduction" and n["status"] == "open"]
        found = [note for note in found if plus(note["on"], WAITING_AFTER) <= self.today]
        return sorted(found, key=lambda note: (note["on"], note["id"]))

    def due(self, within: int) -> list[tuple[str, int, bool, str, str | None]]:
        """Return (day, in how many days, whether it is late, reason, id) of all that is due so many days ahead."""
        found: list[tuple[date | None, bool | None, str, str | None]] = []  # late, where its day alone does not say it
        for task in self.open_tasks():
            left = self.is_mentee(task["owner"]) and self.mentor(task["owner"])["status"] in ("ended", "declined")
            if not self.is_out(task) and not left:
                found.append((task.get("due"), None, "my_task" if task["owner"] == "me" else "their_task", task["id"]))
        for wait in self.waiting():
            named = plus(date.fromisoformat(wait["since"]), WAITING_AFTER)
            # Left open: a promise with a day is due on that; and what waits is named when it is time, never before.
            if wait["due_on"] is None and named <= self.today:
                found.append((named, False, "waiting", wait["id"]))
        for goal in self.goals:
            if goal["status"] == "active" and not goal.get("whose"):  # left open: a paused goal is not due
                found.append((goal.get("by"), None, "goal", goal["id"]))
        for mentor in self.mentors:
            if contact := self.contact(mentor):
                found.append((contact[0], contact[1] < self.today, "contact", mentor["id"]))
        found += [(day, None, "term_ends", id) for day, id in self.terms()]
        for meeting in self.planned():
            # Left open: a meeting of today that has passed is not late before tomorrow.
            found.append((meeting["on"], None, "meeting_passed" if self.passed(meeting) else "meeting", meeting["id"]))
        found.append((self.review_due(), None, "review", None))
        rows = []
        for day, late, reason, id in found:
            if day is not None and day <= plus(self.today, within):
                is_late = day < self.today if late is None else late
                rows.append((day.isoformat(), (day - self.today).days, is_late, reason, id))
        return sorted(rows, key=str)
