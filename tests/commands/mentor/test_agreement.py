"""`mentor expect`, `agree`, `agreement` and `fit` as they are typed: results, refusals, what becomes due."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.mentor.conftest import Invoke, Keep, files
from factories import make_mentor
from mentorlog import vocabulary
from mentorlog.flows.agreement import parse_tests
from output.payloads import PAYLOADS
from terminal import Terminal

Start = Callable[..., Terminal]
EXPECTED = ("--mine", "A reply", "--theirs", "Drafts in time", "--off-limits", "Family")


def on(day: str) -> dict[str, Any]:
    """Return the option of a run that sets its day."""
    return {"env": {"MENTORLOG_NOW": day}}


@pytest.fixture
def agreed(invoke: Invoke, keep: Keep) -> None:
    """Osler, with whom everything was agreed on 2 November, and who will be asked again on 2 December."""
    keep(make_mentor(purpose="A first paper", every=28))
    invoke("mentor", "expect", "osler", *EXPECTED)
    invoke("mentor", "agree", "osler", "--on", "2 nov", "--revisit", "2 dec")


def test_expect_takes_every_value(invoke: Invoke, osler: None) -> None:
    """Each is shown, replaces the one before, and can be cleared by its name."""
    given = ["--response-days", "3", "--prep-days", "2", "--scheduled-by", "them", "--credit", "Who writes is first"]
    given += ["--feedback", "At once", "--confidentiality", "All of it", "--revisit", "in 6 months"]

    ran = invoke("mentor", "expect", "osler", *given)

    assert ran.out.splitlines() == [
        "Expectations with William Osler:",
        "  answers: within 3 days",
        "  material: 2 days before a meeting",
        "  arranged by: William Osler",
        "  feedback: At once",
        "  credit: Who writes is first",
        "  confidentiality: All of it",
        "  look again: Sun 23 May 2027",
    ]
    data = invoke("mentor", "expect", "osler", "--response-days", "1", "--prep-days", "0", "--json").data[
        "expectations"
    ]
    assert (data["response_days"], data["prep_days"], data["credit"]) == (1, 0, "Who writes is first")
    clear = [word for name in ("response_days", "prep-days", "scheduled_by", "credit") for word in ("--clear", name)]
    clear += ["--clear", "feedback", "--clear", "confidentiality", "--clear", "revisit"]
    assert invoke("mentor", "expect", "osler", *clear, "--json").data["expectations"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["expect", "osler", "--response-days", "0"], "'0' is not a whole number from 1 to 365."),
        (["expect", "osler", "--scheduled-by", "nobody"], "Unknown scheduled_by 'nobody'."),
        (["expect", "osler", "--clear", "nosuch"], "Unknown clear 'nosuch'."),
        (["expect", "osler", "--remove", "drafts"], "No expectation with William Osler matches 'drafts'."),
        (["agree", "osler", "--comfort", "maybe"], "Unknown comfort 'maybe'."),
        (["agree", "osler", "--on", "tomorrow"], "in the future"),
        (["agree", "osler"], "There is nothing to agree on with William Osler yet."),
        (["agreement", "osler", "--at", "tomorrow"], "in the future"),
        (["agreement", "osler", "--at", "today"], "You had agreed on nothing with William Osler by Mon 23 Nov 2026."),
        (["fit", "osler", "--productive", "maybe"], "Unknown productive 'maybe'."),
        (["fit", "osler", "fine"], "Unknown answer 'fine'."),
    ],
)
def test_what_is_wrong_is_named(words: list[str], said: str, invoke: Invoke, osler: None, journal_root: Path) -> None:
    """With exit 1, and nothing is saved."""
    before = files(journal_root)

    ran = invoke("mentor", *words)

    assert ran.exit == 1 and said in ran.err, ran
    assert "hint: " in ran.err
    assert files(journal_root) == before


def test_agree_says_what_changed(invoke: Invoke, agreed: None) -> None:
    """At first all terms, then only the changes; agreeing again without one says so and is no operation."""
    assert invoke("mentor", "agree", "osler", "--on", "2 nov").out == (
        "You and William Osler already agreed to this on Mon 2 Nov 2026; nothing changed.\n"
    )
    invoke("mentor", "expect", "osler", "--mine", "Honest feedback")
    invoke("mentor", "cadence", "osler", "--every", "2 weeks")
    before = invoke("history").out

    ran = invoke("mentor", "agree", "osler", "--comfort", "yes", "--their-comfort", "unsure")

    assert ran.out.splitlines() == [
        "Agreed with William Osler (Mon 23 Nov 2026, look again on Wed 2 Dec 2026)",
        "  cadence: every 4 weeks → every 2 weeks",
        "  mine: added: Honest feedback",
        "  comfort: me yes, them unsure",
    ]
    assert invoke("undo").exit == 0 and invoke("history").out != before
    assert "Honest feedback" in invoke("mentor", "agreement", "osler").out
    assert len(invoke("show", "osler", "--json").data["agreed"]) == 1


def test_expect_removes_an_entry(invoke: Invoke, agreed: None) -> None:
    """It is gone, another can be added with the same command, and the change is one."""
    ran = invoke("mentor", "expect", "osler", "--remove", "drafts", "--theirs", "One page")

    assert ran.out.splitlines()[1:4] == ["  mine: A reply", "  theirs: One page", "  off limits: Family"]
    shown = invoke("mentor", "agreement", "osler").out
    assert "Changed since both agreed\n  theirs  removed: Drafts in time\n" in shown
    assert invoke("undo").exit == 0
    assert invoke("show", "osler", "--json").data["expectations"]["theirs"] == ["Drafts in time"]


def test_comfort_alone_needs_no_new_version(invoke: Invoke, agreed: None) -> None:
    """What both agreed to stays; the comfort and the next look are saved."""
    ran = invoke("mentor", "agree", "osler", "--comfort", "no", "--revisit", "1 mar")

    assert ran.out.splitlines() == [
        "You and William Osler already agreed to this on Mon 2 Nov 2026.",
        "  comfort: me no",
        "  look again: Mon 1 Mar 2027",
    ]
    data = invoke("show", "osler", "--json").data
    assert len(data["agreed"]) == 1
    assert data["comfort"] == [{"on": "2026-11-23", "mine": "no", "theirs": None, "comment": None}]


def test_one_undo_takes_an_agreement_back(invoke: Invoke, agreed: None, journal_root: Path) -> None:
    """The version, the comfort and the day to look again are one change."""
    invoke("mentor", "expect", "osler", "--credit", "Who writes is first")
    before = files(journal_root)

    assert invoke("mentor", "agree", "osler", "--comfort", "yes", "--revisit", "in 3 months").exit == 0
    assert files(journal_root) != before
    assert invoke("undo").exit == 0
    assert files(journal_root) == before


def test_agreement_shows_both_sides(invoke: Invoke, agreed: None) -> None:
    """What stands, what has no answer, what changed, what was never asked, and how both feel."""
    invoke("mentor", "expect", "osler", "--theirs", "One page of notes", "--credit", "Who writes is first")
    invoke("mentor", "fit", "osler", "--comfort", "yes", "-m", "He listens")

    assert invoke("mentor", "agreement", "osler").out.splitlines() == [
        "The agreement with William Osler",
        "Both agreed on Mon 2 Nov 2026, 3 weeks ago.",
        "Look at it again on Wed 2 Dec 2026, in 9 days.",
        "",
        "What I expect                            What they expect of me",
        "  - A reply                                - Drafts in time",
        "                                           - One page of notes",
        "",
        "  purpose     A first paper",
        "  cadence     every 4 weeks",
        "  credit      Who writes is first",
        "  off limits  Family",
        "",
        "Comfort",
        "  me  yes, Mon 23 Nov 2026: He listens",
        "",
        "No answer yet",
        "  from me  One page of notes",
        "",
        "Changed since both agreed",
        "  credit  none → Who writes is first",
        "",
        "Never asked",
        "  how soon to answer, when to send material, who arranges meetings, feedback and confidentiality",
    ]
    data = invoke("mentor", "agreement", "osler", "--json").data
    assert data["no_answer"] == {"from_them": [], "from_me": ["One page of notes"]}
    assert data["never_asked"] == ["response_days", "prep_days", "scheduled_by", "feedback", "confidentiality"]
    assert [one["term"] for one in data["changes"]] == ["theirs", "credit"]
    assert (data["revisit_on"], data["revisit_due"], data["agreed_on"]) == ("2026-12-02", False, "2026-11-02")


def test_agreement_of_a_day_and_its_changes(invoke: Invoke, agreed: None) -> None:
    """--at shows the version that held; --diff what changed, with --at only since then."""
    invoke("mentor", "cadence", "osler", "--every", "2 weeks")
    invoke("mentor", "agree", "osler", "--on", "fri")

    then = invoke("mentor", "agreement", "osler", "--at", "10 nov").out
    assert "Both agreed on Mon 2 Nov 2026; this held until Fri 20 Nov 2026." in then
    assert "every 4 weeks" in then and "Never asked" not in then

    assert invoke("mentor", "agreement", "osler", "--diff").out.splitlines()[:6] == [
        "The agreement with William Osler",
        "",
        "Nothing has changed since Fri 20 Nov 2026.",
        "",
        "Agreed on Fri 20 Nov 2026",
        "  cadence  every 4 weeks → every 2 weeks",
    ]
    since = invoke("mentor", "agreement", "osler", "--diff", "--at", "10 nov").out
    assert "Agreed on Fri 20 Nov 2026" in since and "Agreed on Mon 2 Nov" not in since


def test_an_empty_agreement(invoke: Invoke, osler: None) -> None:
    """Nothing is recorded: what could be asked is named; there are no versions to compare."""
    ran = invoke("mentor", "agreement", "osler").out

    assert ran.startswith(
        "The agreement with William Osler\nNothing is recorded yet.\n\nNever asked\n  purpose, cadence,"
    )
    assert invoke("mentor", "agreement", "osler", "--diff").out.endswith("You have not both agreed to it yet.\n")


@pytest.mark.parametrize("columns", [80, 40])
def test_agreement_fits_the_terminal(columns: int, terminal: Start, invoke: Invoke, agreed: None) -> None:
    """Side by side, or one below the other; no text is cut, and none reaches the terminal as it is."""
    texts = ["escape", "hyperlink", "bidi override"]
    for text in texts:
        invoke("mentor", "expect", "osler", f"--theirs={PAYLOADS[text][0]}", f"--mine=日本 🩺 {'very ' * 12}long")
    for words in ([], ["--diff"]):
        screen = terminal("mentor", "agreement", "osler", *words, columns=columns, lines=80)
        assert screen.end() == 0
        assert max(map(len, screen.everything)) <= columns
        assert "a\\x1b[31mb" in screen.text
    heads = terminal("mentor", "agreement", "osler", columns=columns, lines=80)
    assert heads.end() == 0
    assert ("What I expect  " in heads.text) is (columns == 80)


def test_looking_again_is_due_and_asked_once(invoke: Invoke, agreed: None) -> None:
    """Two weeks ahead in status, from its day in due and in the agenda; once both agreed again, nowhere."""
    assert "look again at the agreement" not in invoke("status", **on("2026-11-17")).out
    assert "osler  William Osler: look again at the agreement  on Wed 2 Dec" in invoke("status", **on("2026-11-20")).out
    late = on("2026-12-03")
    row = next(one for one in invoke("due", "--json", **late).data if one["reason"] == "agreement")
    assert (row["due_on"], row["late"], row["id"]) == ("2026-12-02", True, "osler")
    assert row["text"] == "Look again at the agreement with William Osler"
    assert "Look again at the agreement" in invoke("meeting", "prep", "osler", **late).out

    assert invoke("mentor", "agree", "osler", **late).out.splitlines() == [
        "Agreed with William Osler (Thu 3 Dec 2026)",
        "  unchanged since: Mon 2 Nov 2026",
    ]
    assert not [one for one in invoke("due", "--json", **late).data if one["reason"] == "agreement"]
    for words in (["status"], ["meeting", "prep", "osler"]):
        assert "ook again at the agreement" not in invoke(*words, **late).out


def test_nobody_looks_again_with_a_former_mentor(invoke: Invoke, agreed: None) -> None:
    """The day stays in the record, and is due no more."""
    invoke("mentor", "end", "osler", "--kind", "completed")

    assert not [one for one in invoke("due", "--json", **on("2026-12-03")).data if one["reason"] == "agreement"]
    ran = invoke("mentor", "agree", "osler")
    assert (ran.exit, ran.err) == (
        1,
        "error: William Osler is a former mentor, so you cannot agree with them.\n"
        "hint: resume it first: mentorlog mentor activate osler\n",
    )


def test_a_planned_meeting_after_the_day_has_it_on_its_agenda(invoke: Invoke, agreed: None) -> None:
    """The agenda is of that meeting, not of today."""
    assert "Look again" not in invoke("meeting", "prep", "osler").out
    invoke("meeting", "plan", "osler", "--on", "4 dec")
    assert "Look again at the agreement" in invoke("meeting", "prep", "osler").out


def test_agree_asks_on_a_terminal(terminal: Start, invoke: Invoke, keep: Keep) -> None:
    """How both feel, and when to look again; nothing is asked where nothing would change."""
    keep(make_mentor(purpose="A first paper"))
    screen = terminal("mentor", "agree", "osler")
    screen.answer("Are you comfortable with this mentorship?", "y").answer("Are they, as far as you know?", "")
    screen.answer("When will you look at it again?", "today").answer("When will you look at it again?", "in 6 months")

    assert screen.end() == 0
    assert "must be after the day of the agreement" in screen.text
    data = invoke("show", "osler", "--json").data
    assert data["expectations"]["revisit_on"] == "2027-05-23"
    assert [(one["mine"], one["theirs"]) for one in data["comfort"]] == [("yes", None)]
    again = terminal("mentor", "agree", "osler")
    assert again.end() == 0 and "already agreed to this" in again.text


def test_fit_has_three_tests(invoke: Invoke, osler: None) -> None:
    """They need an answer; the same answer on the same day gains what is new."""
    assert invoke("mentor", "fit", "osler", "deciding", "--productive", "yes", "--amicable", "no").out == (
        "Recorded fit with William Osler: deciding, productive, not amicable (Mon 23 Nov 2026)\n"
    )
    both = invoke(
        "mentor", "fit", "osler", "deciding", "--beneficial", "no", "--their-comfort", "unsure", "--json"
    ).data
    assert both["fit"] == [
        {
            "on": "2026-11-23",
            "answer": "deciding",
            "productive": True,
            "amicable": False,
            "beneficial": False,
            "comment": None,
        }
    ]
    assert [(one["mine"], one["theirs"]) for one in both["comfort"]] == [(None, "unsure")]
    again = invoke("mentor", "fit", "osler", "deciding", "--beneficial", "no", "--their-comfort", "unsure").out
    assert again.startswith("Already recorded on Mon 23 Nov 2026: fit with William Osler: deciding")

    alone = invoke("mentor", "fit", "osler", "--productive", "yes")
    assert alone.exit == 2 and "--productive needs an answer: good, deciding, not_good." in alone.err
    assert "pass ANSWER" in invoke("mentor", "fit", "osler").err


@pytest.mark.parametrize(("text", "met"), [("y", True), ("yes", True), ("N", False), ("", None)])
def test_one_word_for_all_three_tests(text: str, met: bool | None) -> None:
    """The first letter is enough, as in other questions."""
    assert parse_tests(text) == ({} if met is None else dict.fromkeys(vocabulary.FIT_TESTS, met))


def test_fit_asks_on_a_terminal(terminal: Start, invoke: Invoke, osler: None) -> None:
    """Five questions: the answer, the tests, the comfort of both, a comment."""
    screen = terminal("mentor", "fit", "osler")
    screen.answer("Does this mentorship work for you?", "d").answer("Is it productive", "fun")
    screen.answer("Is it productive", "productive and ben").answer("Are you comfortable", "unsure")
    screen.answer("Are they", "no").answer("Any comment?", "Talks only")

    assert screen.end() == 0
    assert "'fun' is not one of the three tests" in screen.text
    data = invoke("show", "osler", "--json").data
    (fit,), (comfort,) = data["fit"], data["comfort"]
    assert (fit["productive"], fit["amicable"], fit["beneficial"]) == (True, False, True)
    assert (fit["comment"], comfort["mine"], comfort["theirs"]) == ("Talks only", "unsure", "no")


def test_an_export_for_the_mentor_has_no_private_part(invoke: Invoke, agreed: None) -> None:
    """Off-limits, stored versions and comfort go to nobody else; what each expects goes to the mentor."""
    invoke("mentor", "fit", "osler", "--comfort", "no", "-m", "Too strict")

    mine = invoke("export", "markdown").out + invoke("export", "markdown", "--for", "osler").out

    assert "A reply" in mine and "Drafts in time" in mine
    for text in ("Family", "Too strict", "off limits"):
        assert text not in mine
    assert "Family" in invoke("export", "markdown", "--for", "self").out


def test_with_a_mentee(invoke: Invoke) -> None:
    """The same words fit somebody whom I mentor, and no sentence calls them a mentor."""
    invoke("mentor", "add", "Max Weber", "--my-role", "mentor", "--purpose", "A thesis")
    texts = [invoke("mentor", "expect", "weber", "--mine", "Drafts", "--revisit", "in 2 weeks").out]
    texts += [invoke("mentor", "agree", "weber", "--comfort", "yes").out, invoke("mentor", "agreement", "weber").out]
    texts += [invoke("mentor", "agreement", "weber", "--diff").out, invoke("due", **on("2026-12-20")).out]
    invoke("mentor", "end", "weber", "--kind", "completed")
    texts.append(invoke("mentor", "agree", "weber").err)

    assert "Max Weber is a former mentee, so you cannot agree with them." in texts[-1]
    assert not [text for text in texts if "mentor " in text.replace("mentorlog mentor ", "")]
