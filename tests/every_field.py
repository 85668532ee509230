"""A resident's year by commands: every kind of record, every field, every state, and every kind of operation.

`live` runs the commands with any version of mentorlog; tests/keep_journal.py makes of it a journal that is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mentorlog import vocabulary

Run = Callable[..., Any]
"""Runs a command on a day, `run("2026-03-02", "goal", "add", …, stdin="")`, and returns the data that it prints."""

CONFLICTS = """

[[conflicts]]
field = "notes"
both = ["Start with one page.", "Start with the outline."]

[[conflicts]]
at = "somewhere."

[conflicts.other]
word = "not shown"
"""
"""What a sync writes into a record of which two machines changed one thing."""
FOREIGN = 'my_key = "[/b] =1+1 \\"x\\" \\\\ é 日本 🩺"'
"""A line with a key that no version knows."""


def live(run: Run, root: Path) -> None:
    """Make the journal; where no command can enter it, a key of nobody's is written in an editor."""
    run("2025-07-01", "init", str(root), "--name", "Elizabeth Blackwell", "--stage", "intern", "--program", "Medicine")
    _erased(run)
    _profile(run)
    _mentors(run)
    ids = _goals(run)
    ids |= _meetings(run, ids["paper"])
    _notes(run, ids)
    _tasks(run, ids)
    _letters(run, ids)
    _endings(run)
    _review(run, ids)
    _templates(run)
    _foreign_keys(run)
    _log(run, ids, root)
    _unfinished(run, root)


def _erased(run: Run) -> None:
    note = run("2025-07-01", "note", "add", "Said in confidence", "--tag", "erased")["id"]
    run("2025-07-01", "set", note, "text=Said in confidence, twice")
    run("2025-07-01", "delete", note, "--yes")
    run("2025-07-01", "undo")
    run("2025-07-01", "redo")
    run("2025-07-02", "forget", note, "--yes")


def _profile(run: Run) -> None:
    run(
        *("2025-07-01", "profile", "set", "degrees=MD, MPH", "institution=Geneva Hospital", "specialty=Medicine"),
        *("email=blackwell@example.org", "orcid=0000-0002-1825-0097", "aims=To run a clinic that teaches"),
        *("strengths=listening, steady hands", "growth_areas=saying no", "values=candour", "year_starts=07-01"),
        *("training_ends=2028-06-30", "needs=sponsors", 'time=[{area="clinic", percent=65}]'),
    )
    run("2025-07-02", "profile", "stage", "resident", "--level", "PGY-2", "--institution", "London", "--on", "today")
    run("2025-07-03", "profile", "block", "Nights", "2026-01-05", "2026-01-18", "--load", "away")
    run("2025-07-03", "profile", "block", "Wards", "2026-02-02", "2026-03-01", "--load", "heavy")
    run("2025-07-04", "profile", "assess", "patient care", "3", "-m", "Busy days with help", "--competency", "PC")
    run("2025-07-04", "profile", "set", 'numbers=[{on=2025-07-04, name="Central lines", value=4, of=10}]')
    run("2025-07-05", "lint", "--known", "Mr. Lister")
    run(
        *("2025-07-06", "profile", "set", "cv.1.section=article", "cv.1.title=On typhus", "cv.1.venue=Lancet"),
        *("cv.1.authors=Blackwell E, Osler W", "cv.1.place=London", "cv.1.role=First author", "cv.1.start=2024-05"),
        *("cv.1.end=2024-06", "cv.1.state=published", "cv.1.scope=national", "cv.1.doi=10.1000/xyz123"),
        *("cv.1.pmid=12345678", "cv.1.citation=Blackwell E. On typhus. 1849."),
    )


def _mentors(run: Run) -> None:
    run(
        *("2025-08-01", "mentor", "add", "William Osler", "--role", "advisor", "--domain", "research"),
        *("--every", "4 weeks", "--longest", "8 weeks", "--mode", "in_person", "--minutes", "30"),
        *("--purpose", "A first paper", "--notes", "Draws *every* differential", "--nickname", "Bill"),
        *("--started", "2025-07-15", "--term-ends", "2027-06-30", "--proximity", "same_section"),
        *("--formality", "formal", "--model", "one_on_one", "--origin", "assigned", "--my-role", "mentee"),
        *("--met-via", "Grand rounds", "--qualities", "Patience", "--perspective", "Older than the ward"),
        *("--conflict", "He evaluates me", "--email", "osler@example.org", "--phone", "555 0100"),
        *("--department", "Medicine", "--institution", "Oxford", "--program", "Medicine"),
        *("--link", "https://example.org/osler", "--tag", "paper"),
    )
    run(
        *("2025-08-02", "mentor", "scout", "Marie Curie", "--introduced-by", "osler", "--met-via", "A lecture"),
        *("--qualities", "Rigour", "--domain", "methods", "--role", "teacher", "--tag", "methods"),
    )
    run("2025-08-03", "mentor", "invite", "curie", "--channel", "email", "-m", "On the statistics")
    run("2025-08-10", "mentor", "invite", "curie", "--answer", "yes", "-m", "Over coffee")
    run("2025-08-11", "mentor", "cadence", "curie", "--every", "6 weeks")
    run("2025-08-12", "mentor", "add", "Florence Nightingale", "--every", "8 weeks", "--role", "sponsor")
    run("2025-08-12", "mentor", "add", "Wilhelm Röntgen", "--id", "roentgen", "--role", "coach")
    run("2025-08-12", "mentor", "add", "Ignaz Semmelweis", "--private")
    run("2025-08-13", "mentor", "scout", "Irène Joliot")
    run("2025-08-13", "mentor", "scout", "Pierre Curie", "--id", "pierre")
    run("2025-08-14", "mentor", "invite", "pierre", "--answer", "no")
    run("2025-08-15", "mentor", "scout", "Hermann Minkowski")
    run("2025-08-16", "mentor", "invite", "minkowski", "--channel", "letter")
    run("2025-08-17", "mentee", "add", "Emmy Noether", "--every", "4 weeks", "--purpose", "Her first year")
    run(
        *("2025-08-20", "mentor", "expect", "osler", "--mine", "An answer within a week", "--theirs", "Drafts in time"),
        *("--off-limits", "Politics", "--not-looking-for", "A job", "--asked", "today", "--response-days", "3"),
        *("--prep-days", "2", "--scheduled-by", "me", "--confidentiality", "All of it", "--credit", "I write first"),
        *("--feedback", "At once", "--revisit", "2026-08-20"),
    )
    run("2025-08-21", "mentor", "agree", "osler", "--comfort", "yes", "--their-comfort", "unsure")
    run("2025-08-22", "set", "osler", "comfort.1.comment=He said so")
    run(
        *("2025-08-23", "mentor", "fit", "osler", "good", "--productive", "yes", "--amicable", "yes"),
        *("--beneficial", "no", "-m", "He answers within a day"),
    )


def _goals(run: Run) -> dict[str, str]:
    """Add goals of every status; return the ids of some."""

    def add(title: str, *options: str, on: str = "2025-09-01") -> str:
        return str(run(on, "goal", "add", title, *options)["id"])

    whole = add("Become a clinician who publishes", "--horizon", "long")
    paper = add(
        *("Submit the case report", "--by", "2026-11-30", "-w", "osler", "-w", "curie", "--why", "A first paper"),
        *("--measure", "A letter from the editor", "--notes", "# Why\n\nTo learn *how*", "--domain", "research"),
        *("--competency", "PBLI", "--priority", "high", "--parent", whole, "--support", "Two free afternoons"),
        *("--asked-by", "osler", "--baseline", "No paper yet", "--tag", "paper", "--link", "https://example.org/x"),
    )
    lines = add("Central lines", "--target", "50", "--unit", "procedures", "--horizon", "medium")
    add("Pass the board exam", "--whose", "noether")
    rest, gone, half, won = (add(title) for title in ("Learn German", "Write a chapter", "Sew well", "Teach once"))
    run("2025-09-02", "goal", "tell", paper, "osler")
    run("2025-09-20", "goal", "progress", paper, "40%", "-m", "Draft with Dr Osler")
    run("2025-09-21", "goal", "progress", lines, "12/50", "-m", "Two alone")
    run("2025-10-01", "goal", "revise", paper, "by=2026-12-31", "-m", "The journal changed its format")
    run("2025-10-02", "goal", "pause", rest, "-m", "Nights until March")
    run("2025-10-03", "goal", "drop", gone, "-m", "Others published it")
    run("2025-10-04", "goal", "achieve", half, "--partly", "-m", "Well, but slowly")
    run("2025-10-05", "goal", "achieve", won, "-m", "Ward round on typhus", "--on", "2025-10-04")
    run("2025-10-06", "share", lines, "--with", "program")
    run("2025-10-06", "share", won, "--with", "open")
    return {"paper": paper, "lines": lines}


def _meetings(run: Run, goal: str) -> dict[str, str]:
    """Plan and log meetings of every status; return the ids of some."""
    planned = run(
        *("2025-10-10", "meeting", "plan", "osler", "--on", "2025-10-17 14:00", "-a", "Choice of journal", "-g", goal),
        *("--mode", "in_person", "--minutes", "45", "--place", "Room 12", "--kind", "regular"),
        *("--link", "https://example.org/agenda", "--tag", "paper", "--notes", "Bring the figures"),
    )["id"]
    run(
        *(
            "2025-10-17",
            "meeting",
            "log",
            "osler",
            "Chose it.\n\n- [ ] @me Redraw figure due:2026-12-04\n- [ ] @them Ask",
        ),
        *("--decision", "Annals first", "--usefulness", "5", "--feeling", "Relieved", "--discussed", "all"),
    )
    run("2025-10-18", "meeting", "recap", planned, "--sent")
    run(
        "2025-10-20",
        "meeting",
        "log",
        "curie",
        "nightingale",
        "A talk on methods",
        "--mode",
        "video",
        "--kind",
        "group",
    )
    for on, how in (
        ("2025-11-03", ["--by-them", "-m", "Called away"]),
        ("2025-11-10", ["--missed"]),
        ("2025-11-17", []),
    ):
        meeting = run("2025-10-21", "meeting", "plan", "roentgen", "--on", on)["id"]
        run("2025-10-30", "meeting", "cancel", meeting, *how)
    ahead = run("2026-10-01", "meeting", "plan", "osler", "--on", "2026-12-02 14:00", "-a", "The abstract")["id"]
    run("2026-10-02", "meeting", "move", ahead, "2026-12-03 15:30", "-m", "He is on call")
    return {"held": planned, "ahead": ahead}


def _notes(run: Run, ids: dict[str, str]) -> None:
    for number, kind in enumerate(vocabulary.NOTE_KINDS, 1):
        if kind not in ("question", "win", "introduction", "decision", "advice"):
            run(f"2025-11-{number:02}", "note", "add", f"A {kind}: one point, once", "-k", kind, "-w", "osler")
    question = run("2025-12-01", "ask", "osler", "Which journal after *Annals*?", "-g", ids["paper"])["id"]
    run("2025-12-02", "note", "close", question, "-m", "The Lancet")
    run("2025-12-02", "ask", "curie", "Who owns the data?")
    decision = run("2025-12-03", "note", "add", "Here or abroad?", "--option", "Here", "--option", "Abroad")["id"]
    advice = run(
        *("2025-12-04", "note", "add", "Half a page a day", "-k", "advice", "-w", "osler", "-g", ids["paper"]),
        *("--meeting", ids["held"], "--decision", decision, "--competency", "PBLI", "--tag", "writing"),
        *("--link", "https://example.org/advice", "--visibility", "mentor", "--notes", "He meant it"),
    )["id"]
    run("2025-12-20", "note", "close", advice, "--result", "helped", "-m", "It holds when the week does")
    run("2025-12-21", "note", "tell", advice, "osler")
    run("2025-12-22", "note", "add", "Met at a lecture", "--kind", "introduction", "--to", "Marie Curie", "-w", "osler")
    run(
        *("2026-01-20", "win", "Poster accepted", "--section", "abstract", "--title", "On typhus", "--venue", "Annals"),
        *("--authors", "Blackwell E, Osler W", "-w", "osler", "-g", ids["paper"], "--state", "accepted"),
        *("--start", "2026-05", "--end", "2026-06", "--role", "Speaker", "--place", "London", "--scope", "national"),
        *(
            "--doi",
            "10.1000/xyz124",
            "--pmid",
            "12345679",
            "--citation",
            "Blackwell E. 1850.",
            "--visibility",
            "program",
        ),
    )


def _tasks(run: Run, ids: dict[str, str]) -> None:
    def add(title: str, *options: str) -> str:
        return str(run("2026-02-01", "task", "add", title, *options)["id"])

    draft = add(
        *("Draft the abstract", "--from", "osler", "-g", ids["paper"], "-d", "2026-03-01", "--priority", "high"),
        *("--instructions", "Two hundred and fifty words", "--deliverable", "One page", "--helps", "osler"),
        *("--meeting", ids["held"], "--notes", "In *English*", "--link", "draft.md", "--tag", "paper"),
    )
    run("2026-02-02", "task", "start", draft)
    run("2026-02-10", "task", "defer", draft, "2026-03-15", "-m", "Ward duty")
    run("2026-02-20", "task", "submit", draft, "-m", "First draft")
    run("2026-02-27", "task", "return", draft, "-m", "Shorten the methods")
    run("2026-03-10", "task", "submit", draft)
    run("2026-03-10", "task", "wait", add("Wait for the ethics board"))
    run("2026-03-10", "task", "start", add("Read ten films"))
    run("2026-03-11", "task", "drop", add("Count the transfers"), "-m", "The project rests")
    done = add("Revise the CV", "--from", "curie")
    run("2026-03-12", "task", "done", done, "-m", "On one page", "--on", "2026-03-11")
    run("2026-03-13", "task", "done", (again := add("Read the protocol", "--owner", "noether")))
    run("2026-03-14", "task", "reopen", again)
    add("Send the sample protocol", "--owner", "osler", "-d", "2026-12-01")


def _letters(run: Run, ids: dict[str, str]) -> None:
    letter = run(
        *("2026-04-01", "letter", "ask", "osler", "Fellowship", "--due", "2026-06-01", "--to", "12 programs"),
        *("--instructions", "By post", "-g", ids["paper"]),
    )["id"]
    run("2026-04-03", "letter", "agreed", letter)
    run("2026-04-05", "letter", "packet", letter, "--sent")
    run("2026-05-20", "letter", "remind", letter)
    run("2026-05-30", "letter", "received", letter, "-m", "Sent off")
    late = run("2026-04-02", "letter", "ask", "curie", "A grant", "--due", "2026-12-20", "--plan")["id"]
    run("2026-04-04", "letter", "ask", late)
    run("2026-04-05", "letter", "agreed", late, "--later")
    never = run("2026-04-02", "letter", "ask", "nightingale", "A prize", "--due", "2026-09-01")["id"]
    run("2026-04-06", "letter", "declined", never, "-m", "Too little time")


def _endings(run: Run) -> None:
    run(
        *("2026-05-01", "mentor", "end", "nightingale", "--kind", "moved", "--worked", "Drafts in time"),
        *("--did-not", "Long silences", "--lesson", "Ask earlier", "--thanked", "today", "--hand-to", "curie"),
        *("--reason", "moved", "--reason", "time", "--pay-forward", "Teach one student"),
    )
    run("2026-05-02", "mentor", "end", "semmelweis", "--kind", "completed", "--stay-in-touch", "--every", "26 weeks")
    run("2026-05-03", "mentor", "pause", "roentgen", "-m", "On leave")


def _review(run: Run, ids: dict[str, str]) -> None:
    lines = run("2026-06-01", "task", "list")
    late = next(one["id"] for one in lines if one["owner"] == "me" and one["status"] == "todo")
    run("2026-06-01", "set", late, "due=2026-05-20")
    form = f"""
worked = "Half a page a day"
did_not = "Nights"
changed = "More time"
unlearned = "That silence is consent"
wellbeing = "Tired, and content"
asks = "Fewer cross-covers"
notes = "In *the library*"
next_on = 2026-12-01
[[verdicts]]
goal = "{ids["lines"]}"
verdict = "revise"
reason = "The program asks for sixty"
changes = {{ target = 60, by = 2027-03-01 }}
clear = ["horizon"]
[[verdicts]]
goal = "{ids["paper"]}"
verdict = "keep"
[[tasks]]
task = "{late}"
verdict = "defer"
due = 2026-12-10
reason = "Nights"
[[mentors]]
mentor = "osler"
fit = "good"
comfort = "yes"
cadence_ok = true
comment = "As agreed"
pulse = {{communication=6, expectations=5, understanding=7, diversity=4, independence=5, development=6}}
[[add_goals]]
title = "Present at grand rounds"
by = 2027-05-01
with = ["osler"]
"""
    review = run("2026-06-02", "review", "--kind", "semiannual", "--answers", "-", stdin=form)["id"]
    run("2026-06-03", "set", review, "discussed.1.mentor=osler", "discussed.1.on=2026-06-03", "discussed.1.comment=Yes")
    run("2026-06-03", "set", review, "tags=spring", "links=https://example.org/form")
    scope = ("review", "--scope", "curie", "--answers", "-")
    run("2026-06-04", *scope, stdin='[[mentors]]\nmentor = "curie"\nfit = "deciding"\n')
    for on, kind in (("2026-06-10", "end_of_block"), ("2026-07-01", "annual"), ("2026-08-01", "full")):
        if kind == "full":
            run("2026-07-10", "meeting", "log", "curie", "Entered late", "--on", "2026-05-15")
        run(on, "review", "--kind", kind, "--answers", "-", stdin=f'worked = "The {kind} one"\n')
    run("2026-09-01", "review", "--quick", "--answers", "-", stdin='did_not = "The quick one"\n')


def _templates(run: Run) -> None:
    text = run("2026-09-02", "template", "show", "recap")["text"]
    run("2026-09-02", "template", "edit", "recap", "--file", "-", stdin=text.replace("Dear", "My dear", 1) + "\n")
    run("2026-09-03", "template", "edit", "clinic", "--file", "-", stdin="What I saw at the clinic:\n")


def _foreign_keys(run: Run) -> None:
    """Add a key of nobody's, and a comment, to one record of every kind and to every table in it, in an editor."""
    exported = run("2026-09-10", "export", "json", "-o", "-", whole=True)["data"]["records"]
    of_kind = [[one for one in exported if one["record"] == kind] for kind in vocabulary.RECORD_KINDS]
    longest = [max(some, key=lambda one: sum(map(bool, one.values())))["id"] for some in of_kind]
    for id in ("profile", "nightingale", *longest):
        run("2026-09-10", "edit", id, "--toml", editor=_with_foreign_keys)


def _with_foreign_keys(text: str) -> str:
    """Return the text of a record with a key that no version knows, in the record and in each of its tables."""
    own, *tables = text.rstrip().split("\n\n[")
    return (
        "\n\n[".join([f"# by hand\n{own}\n{FOREIGN}", *(f"{table}\n{FOREIGN}" for table in tables)])
        + f"{CONFLICTS}{FOREIGN}\n"
    )


def _log(run: Run, ids: dict[str, str], root: Path) -> None:
    """Delete, import, undo and revert; remove a copy, and a file whose bytes are no text."""
    kept = run("2026-10-08", "note", "add", "Deleted, and not erased")["id"]
    run("2026-10-08", "delete", kept, "--yes")
    run("2026-10-09", "set", "curie", "department=Physics")
    number = run("2026-10-09", "history", "--limit", "1")[0]["seq"]
    run("2026-10-09", "set", "osler", "department=Medicine II")
    run("2026-10-10", "undo", "--no", str(number))
    run("2026-10-11", "set", ids["paper"], "title=Submit the case report, twice")
    run("2026-10-11", "undo")
    exported = run("2026-10-12", "export", "json", "-o", "-", whole=True)
    exported["data"]["profile"] = None
    exported["data"]["records"] = [one for one in exported["data"]["records"] if one["id"] == "joliot"]
    exported["data"]["records"][0] |= {"id": "joliot-2", "name": "Frédéric Joliot", "my_key": [1, {"deep": "é"}]}
    run("2026-10-12", "import", "json", "-", stdin=json.dumps(exported))
    _imported(run)
    latin = root / "notes" / "nz9zz-latin.toml"
    latin.write_bytes('id = "nz9zz"\ntext = "Gödel"\n'.encode("latin-1"))
    latin.chmod(0o600)
    run("2026-10-13", "delete", "nz9zz", "--yes")
    copy = root / "mentors" / "osler (conflicted copy).toml"
    copy.write_bytes((root / "mentors" / "osler.toml").read_bytes())
    copy.chmod(0o600)
    run("2026-10-14", "doctor", "--fix")


def _imported(run: Run) -> None:
    """Import a task of another program, and give the oldest record of every kind a source as an import does."""
    task = {"uuid": "04119b97-ace2-4ffe-8c9f-73a3704d40ca", "description": "Order slides", "status": "pending"}
    times = {"entry": "20261001T090000Z", "wait": "20261101T000000Z"}
    run("2026-10-12", "import", "taskwarrior", "-", stdin=json.dumps([task | times]))
    exported = run("2026-10-12", "export", "json", "-o", "-", whole=True)
    exported["data"]["profile"] = None
    oldest: dict[str, Any] = {}
    for one in exported["data"]["records"]:
        oldest.setdefault(one["record"], {**one, "source": f"jrnl:{one['id']}"})
    exported["data"]["records"] = list(oldest.values())
    run("2026-10-12", "import", "json", "-", "--replace", stdin=json.dumps(exported))


def _unfinished(run: Run, root: Path) -> None:
    """Leave a text that was not saved and a review that was begun, and write a record and a key by hand."""
    run("2026-10-20", "note", "add", "-k", "question", "-e", editor=lambda text: "Who has read it?\n", fails=True)
    run("2026-11-01", "review", types=["", "keep"])
    goal = root / "goals" / "gh4nd-by-hand.toml"
    goal.write_text(f'id = "gh4nd"\ntitle = "Written by hand"\ncreated = 2026-11-01T09:00:00+00:00\n{FOREIGN}\n')
    goal.chmod(0o600)
    journal = root / "journal.toml"
    journal.write_text(f"{journal.read_text()}{FOREIGN}\n")
