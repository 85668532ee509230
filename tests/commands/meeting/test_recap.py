"""`mentorlog meeting recap`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.meeting.conftest import HARD, LATER, Run, content, data, planned

NOTES = "- [ ] @me Send the abstract due:2026-12-06\n- [ ] @them Send the checklist due:2026-12-09\n\nHe looked tired."


@pytest.fixture
def held(invoke: Run) -> str:
    """A meeting with William Osler that was held on 23 November, with a decision and two tasks."""
    words = ("meeting", "log", "osler", "--notes", NOTES, "--decision", "Annals first", "--on", "today")
    return str(data(invoke, *words, "--next", "2 dec 14:00", "--feeling", "Relieved")["id"])


def test_recap(invoke: Run, held: str, journal_root: Path) -> None:
    """A text for an e-mail on stdout, how to go on on stderr; nothing changes."""
    before = content(journal_root)
    ran = invoke("meeting", "recap", held)

    assert (
        ran.out
        == """\
Subject: Our meeting on Mon 23 Nov 2026

Dear William Osler,

Thank you for your time on Mon 23 Nov. Here is what I noted; please
correct me where I am wrong.

What we decided:
- Annals first

I will:
- Send the abstract, by Sun 6 Dec 2026

You kindly offered to:
- Send the checklist, by Wed 9 Dec 2026

Our next meeting is on Wed 2 Dec 2026 at 14:00.
"""
    )
    assert ran.err == f"When you have sent it: mentorlog meeting recap {held} --sent\n"
    assert content(journal_root) == before


def test_which_meeting(invoke: Run, held: str) -> None:
    """An id, a mentor for the last one held, or nothing for the last one held with anybody."""
    later = data(invoke, "meeting", "log", "curie", "--notes", "- [ ] @me Read it", env=LATER)["id"]

    assert data(invoke, "meeting", "recap", "osl", env=LATER)["meeting"] == held
    assert data(invoke, "meeting", "recap", env=LATER)["meeting"] == later
    assert data(invoke, "meeting", "recap", held[:4], env=LATER)["meeting"] == held


def test_recap_for_scripts(invoke: Run, held: str, tmp_path: Path) -> None:
    """The text, whom it is for, and where it was written."""
    found = data(invoke, "meeting", "recap", held)
    assert found.keys() == {"meeting", "mentors", "template", "recap", "left_out", "path"}
    assert found["recap"] == invoke("meeting", "recap", held).out
    assert (found["mentors"], found["template"], found["left_out"], found["path"]) == (["osler"], "recap", [], None)

    file = tmp_path / "recap.txt"
    assert data(invoke, "meeting", "recap", held, "-o", str(file)) == {**found, "path": str(file)}
    assert file.read_text() == found["recap"]


def test_a_file(invoke: Run, held: str, tmp_path: Path) -> None:
    """It is private, and an existing one is not overwritten unasked."""
    file = tmp_path / "recap.txt"

    assert invoke("meeting", "recap", held, "-o", str(file)).out == (
        f"Wrote the recap of meeting {held} with William Osler to {file}\n"
    )
    assert file.stat().st_mode & 0o777 == 0o600
    assert invoke("meeting", "recap", held, "-o", str(file), "--no-input").exit == 2
    assert invoke("meeting", "recap", held, "-o", str(file), "--yes").exit == 0


def test_sent(invoke: Run, held: str) -> None:
    """The day is recorded once; another day has to be given, and undo takes it back."""
    assert invoke("meeting", "recap", held, "--sent").out == (
        f"Recorded that the recap of meeting {held} with William Osler was sent (Mon 23 Nov 2026)\n"
    )
    assert invoke("meeting", "recap", held, "--sent", env=LATER).out == (
        f"The recap of meeting {held} with William Osler was already sent on Mon 23 Nov 2026; nothing changed.\n"
    )
    assert data(invoke, "meeting", "recap", held, "--on", "26 nov", env=LATER)["recap_on"] == "2026-11-26"
    assert invoke("meeting", "recap", held, env=LATER).err == ""
    assert "recap sent" in invoke("show", held).out
    invoke("undo")
    assert data(invoke, "show", held)["recap_on"] == "2026-11-23"
    assert "recap_on" not in invoke("undo").err
    assert data(invoke, "show", held)["recap_on"] is None


def test_sent_is_undone_by_a_status(invoke: Run, held: str) -> None:
    """A meeting that was not held after all has no recap."""
    invoke("meeting", "recap", held, "--sent")

    assert data(invoke, "set", held, "status=planned")["recap_on"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sent", "-o", "x"), "--sent and --output cannot be used together."),
        (("--sent", "--template", "recap"), "--sent and --template cannot be used together."),
        (("--sent", "--despite-lint"), "--sent and --despite-lint cannot be used together."),
        (("--sent", "--on", "tomorrow"), "Tue 24 Nov 2026 is in the future."),
        (("--sent", "--on", "1 nov"), "Sun 1 Nov 2026 is before the meeting (Mon 23 Nov 2026)."),
        (("--template", "nosuch"), "There is no template 'nosuch'."),
        (("--template", "../recap"), "'../recap' is not a name of a template."),
    ],
)
def test_bad_options(invoke: Run, held: str, words: tuple[str, ...], said: str) -> None:
    """What cannot be is said in a sentence, and nothing changes."""
    ran = invoke("meeting", "recap", held, *words)

    assert ran.exit in (1, 2) and f"error: {said}" in ran.err and ran.out == ""
    assert data(invoke, "show", held)["recap_on"] is None


def test_meetings_without_a_recap(invoke: Run) -> None:
    """One that was not held, with nobody, private, with nothing to say, or none at all."""
    assert "No meeting was held yet." in invoke("meeting", "recap").err
    assert "No meeting with Marie Curie was held yet." in invoke("meeting", "recap", "curie").err
    plan = planned(invoke)
    for words in ((plan,), (plan, "--sent")):
        ran = invoke("meeting", "recap", *words)
        assert f"Meeting {plan} is planned, so it has no recap." in ran.err
        assert "hint: log it first: mentorlog meeting log osler" in ran.err
    empty = data(invoke, "meeting", "log", "curie", "--notes", "She drew it. Nothing else.")["id"]
    ran = invoke("meeting", "recap", empty, "-o", "recap.txt")
    assert (ran.exit, ran.out) == (0, "")
    assert f"Meeting {empty} has no recap: no decision, task or next meeting to write of." in ran.err
    invoke("set", empty, "visibility=private", "decisions=Draw first")
    assert f"Meeting {empty} is private, so it has no recap." in invoke("meeting", "recap", empty).err
    invoke("set", empty, "visibility=mentor", "mentors=")
    invoke("set", empty, "--clear", "mentors")
    assert f"Meeting {empty} names no mentor" in invoke("meeting", "recap", empty).err


def test_what_never_goes_in(invoke: Run, held: str) -> None:
    """Notes, feelings, questions, advice, private tasks, tasks of others, and ids."""
    secret = "Untold"
    invoke("task", "add", f"{secret} one", "--meeting", held, "--private")
    invoke("task", "add", f"{secret} two", "--meeting", held, "--owner", "curie")
    invoke("task", "add", f"{secret} three", "--from", "osler")
    invoke("note", "add", f"{secret} four", "--kind", "advice", "--with", "osler", "--meeting", held)
    invoke("ask", "osler", f"{secret} five")
    invoke("goal", "add", f"{secret} six", "--with", "osler")
    invoke("set", held, f"notes={secret} seven", f"feeling={secret} eight", "usefulness=5", f"tags={secret}-nine")
    found = data(invoke, "meeting", "recap", held)

    assert secret not in found["recap"] and held not in found["recap"]
    assert len(found["left_out"]) == 2
    ran = invoke("meeting", "recap", held)
    assert all(f"Left out, as not every reader may see it: task {id}\n" in ran.err for id in found["left_out"])


def test_several_mentors(invoke: Run) -> None:
    """It is addressed to all; what only one of them may see stays out, and so does a meeting with one of them."""
    both = data(invoke, "meeting", "log", "osler", "curie", "--decision", "Write it together")["id"]
    invoke("task", "add", "Send both the figures", "--meeting", both)
    promise = data(invoke, "task", "add", "Lend me the plates", "--owner", "curie", "--meeting", both)["id"]
    planned(invoke, "osler", "--on", "fri")
    found = data(invoke, "meeting", "recap", both)

    assert "Dear William Osler and Marie Curie,\n" in found["recap"]
    assert "- Send both the figures\n" in found["recap"]
    assert "plates" not in found["recap"] and "next meeting" not in found["recap"]
    assert found["left_out"] == [promise]
    invoke("set", promise, "visibility=open")
    planned(invoke, "curie", "osler", "--on", "2 dec")
    found = data(invoke, "meeting", "recap", both)
    assert "- Lend me the plates (Marie Curie)\n" in found["recap"]
    assert "Our next meeting is on Wed 2 Dec 2026.\n" in found["recap"]


def test_hostile_text(invoke: Run) -> None:
    """Markup, formulas and templates in a title are words."""
    title = f"{HARD} {{{{ to.__class__ }}}} {{% include 'x' %}}"
    held = data(invoke, "meeting", "log", "osler", "--decision", title)["id"]

    assert title in " ".join(invoke("meeting", "recap", held).out.split())


def test_prep_asks_for_a_recap(invoke: Run, held: str) -> None:
    """Only of who has sent one before, about the last meeting."""
    assert data(invoke, "meeting", "prep", "osler")["recap_unsent"] is False
    invoke("meeting", "recap", held, "--sent")
    assert data(invoke, "meeting", "prep", "osler")["recap_unsent"] is False
    invoke("meeting", "log", "osler", "--decision", "More", "--new", env=LATER)

    assert data(invoke, "meeting", "prep", "osler", env=LATER)["recap_unsent"] is True
    assert "last met Mon 30 Nov 2026, today · recap not sent" in invoke("meeting", "prep", "osler", env=LATER).out


def test_an_unreadable_record(invoke: Run, held: str, journal_root: Path) -> None:
    """Nothing is written while a record cannot be read: it might belong in the recap."""
    (journal_root / "tasks" / "t2222-broken.toml").write_text("id = ")

    ran = invoke("meeting", "recap", held)
    assert (ran.exit, ran.out) == (3, "")


def test_a_patient_in_it(invoke: Run, held: str, tmp_path: Path) -> None:
    """Nothing is written, and the record is named without its words; --despite-lint writes it."""
    task = data(invoke, "task", "add", "Present case, MRN 4711923", "--meeting", held)["id"]
    file = tmp_path / "recap.txt"
    ran = invoke("meeting", "recap", held, "-o", str(file))

    assert (ran.exit, ran.out) == (1, "") and not file.exists()
    assert f"error: This may identify a patient, so nothing was written: {task} (" in ran.err
    assert "4711923" not in ran.err
    assert f"hint: see: mentorlog lint {task}; to export it as it is, add --despite-lint" in ran.err
    assert "MRN 4711923" in invoke("meeting", "recap", held, "--despite-lint").out


def test_lint_reads_the_template_and_knows_the_mentors(invoke: Run, held: str) -> None:
    """Its words leave as well; a mentor is no patient."""
    invoke("template", "edit", "recap", "--file", "-", stdin="{{ to }} and Mr. Osler\n")
    assert invoke("meeting", "recap", held).out == "William Osler and Mr. Osler\n"
    invoke("template", "edit", "recap", "--file", "-", stdin="{{ to }}: MRN 4711923\n")
    ran = invoke("meeting", "recap", held)
    assert ran.exit == 1
    assert "error: Template recap may identify a patient, so nothing was written: mrn." in ran.err
