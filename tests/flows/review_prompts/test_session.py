"""The guided walk through a review, on a real pseudo-terminal: whole, interrupted, killed, and gone on with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_review
from mentorlog.flows.review import parse_answers
from mentorlog.models.goal import Goal
from reviewed import BEGIN, keep, open_journal, walk
from terminal import Terminal
from world import Ran, World

Start = Callable[..., Terminal]
Run = Callable[..., Ran]

WHOLE = [
    ("Verdict", "revise"),
    ("Why?", "Journal changed its format"),
    ("Change", "by=1 feb 2027"),
    ("Change", "measure="),
    ("Change", ""),
    ("Verdict", "k"),
    ("Verdict", "resume"),
    ("Why?", ""),
    ("Verdict", "defer"),
    ("To when?", "in 4 weeks"),
    ("Why?", "Waiting for data"),
    ("Verdict", ""),
    ("Does this mentorship work for you?", "good"),
    ("Is it productive, amicable, beneficial?", "productive, beneficial"),
    ("Are you comfortable, and they?", "yes maybe"),
    ("Are you comfortable, and they?", "yes unsure"),
    ("Any comment or new expectation?", ""),
    ("Does this mentorship work for you?", "skip"),
    ("Is every 4 weeks right?", "no"),
    ("How often from now on?", "soon"),
    ("How often from now on?", "2 weeks"),
    ("Are you comfortable, and they?", ""),
    ("Any comment or new expectation?", "theirs: One page of notes"),
    ("Anything else?", "Too rare"),
    ("Anything else?", ""),
    ("What worked?", "Short meetings"),
    ("What did not work?", ""),
    ("What changed?", "A new rotation"),
    ("How are you?", ""),
    ("What do you ask of your program?", ""),
    ("A new goal?", "Teach a class"),
    ("By when?", "1 may 2027"),
    ("With which mentors?", "osl, Marie"),
    ("How will you know you achieved it?", "20 students"),
    ("A new goal?", ""),
    ("Next review?", ""),
    ("Save this review?", ""),
]


@pytest.fixture(autouse=True)
def sample(world: World, journal_root: Path) -> Path:
    """The journal of reviewed.py."""
    world.filled("reviewed", lambda: keep(journal_root))
    return journal_root


@pytest.fixture
def draft(journal_root: Path) -> Path:
    """Where the answers so far lie."""
    return journal_root / ".mentorlog" / "drafts" / "review.toml"


def interrupt(terminal: Terminal, question: str) -> int:
    """Press Ctrl-C at a question; the exit status."""
    terminal.wait_for(question).press("ctrl-c")
    return terminal.end()


def review(root: Path) -> dict[str, Any]:
    """The only review of the journal."""
    from mentorlog.store.journal import Query

    (found,) = open_journal(root).reading.find(Query("review"))
    return found


def content(root: Path) -> dict[str, bytes]:
    """Every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


def test_a_whole_walk(terminal: Start, invoke: Run, sample: Path, draft: Path) -> None:
    """Facts first, then every question; what was answered is one operation, and the draft is gone."""
    before = content(sample)
    screen = walk(terminal("review"), WHOLE)

    assert screen.end() == 0
    text = screen.text
    order = [
        "Review on Mon 23 Nov 2026",
        "2 held",
        "Goal 1 of 3",
        "Late task 1 of 2",
        "Mentorship 1 of 2",
        "What worked?",
    ]
    places = [text.index(words) for words in [*order, "Answers and changes", "Saved review"]]
    assert places == sorted(places)
    assert not draft.exists()
    for understood in (
        "→ by: Mon 1 Feb 2027",
        "→ Mon 21 Dec 2026",
        "→ Sat 1 May 2027",
        "→ every 2 weeks",
        "→ William Osler, Marie Curie",
    ):
        assert understood in screen.everything

    found = review(sample)
    assert [(v["goal"], v["verdict"], v["reason"]) for v in found["verdicts"]] == [
        ("g7k3q", "revise", "Journal changed its format"),
        ("g9p2m", "keep", None),
        ("g3w5x", "resume", None),
    ]
    assert (found["verdicts"][0]["changes"], found["verdicts"][0]["clear"]) == ({"by": "2027-02-01"}, ["measure"])
    assert [(t["task"], t["verdict"], t["due"]) for t in found["tasks"]] == [("t4m2x", "defer", "2026-12-21")]
    assert [(m["mentor"], m["fit"], m["cadence_ok"], m["comment"]) for m in found["mentors"]] == [
        ("curie", "good", None, None),
        ("osler", None, False, "Too rare"),
    ]
    assert (found["worked"], found["did_not"], found["changed"]) == ("Short meetings", None, "A new rotation")
    assert found["next_on"] == "2027-02-21"
    assert open_journal(sample).reading.view("osler")["cadence"]["every_days"] == 14
    assert open_journal(sample).reading.view("osler")["expectations"]["theirs"] == ["One page of notes"]
    curie = open_journal(sample).reading.view("curie")
    assert [(one["productive"], one["amicable"], one["beneficial"]) for one in curie["fit"]] == [(True, False, True)]
    assert [(one["mine"], one["theirs"]) for one in curie["comfort"]] == [("yes", "unsure")]
    assert [one["comfort"] for one in found["mentors"]] == ["yes", None]
    added = open_journal(sample).reading.view(found["added_goals"][0])
    assert (added["title"], added["by"], added["measure"]) == ("Teach a class", "2027-05-01", "20 students")
    assert [share["mentor"] for share in added["mentors"]] == ["osler", "curie"]

    assert invoke("undo").exit == 0
    assert content(sample) == before


def test_ctrl_c_keeps_the_answers(terminal: Start, sample: Path, draft: Path) -> None:
    """Interrupted in the middle, nothing in the journal changes; --resume asks what has no answer yet."""
    before = content(sample)
    first = walk(terminal("review"), WHOLE[:10])

    assert interrupt(first, "Why? (Enter to skip) ") == 130
    assert "Interrupted; nothing changed." in first.text
    assert "mentorlog review --resume" in first.text
    assert content(sample) == before
    answers = parse_answers(draft.read_text(), "draft")
    assert answers["tasks"] == [{"task": "t4m2x", "verdict": "defer", "due": date(2026, 12, 21)}]
    assert (answers["on"], answers["kind"], answers["scope"]) == (date(2026, 11, 23), "full", "all")
    assert draft.stat().st_mode & 0o777 == 0o600

    second = walk(terminal("review", "--resume"), WHOLE[10:])
    assert second.end() == 0
    assert "Goal 1 of 3" not in second.text
    assert "Verdict: defer\nWhy? (Enter to skip) Waiting for data\n" in second.text
    assert [v["verdict"] for v in review(sample)["verdicts"]] == ["revise", "keep", "resume"]
    assert review(sample)["tasks"][0]["reason"] == "Waiting for data"
    assert not draft.exists()


def test_a_chosen_period_is_continued(terminal: Start, sample: Path, draft: Path) -> None:
    """The draft holds where the period begins and of which kind the review is; words count from its day."""
    words = ("review", "--scope", "g3w5x", "--since", "1 oct", "--on", "2026-11-20", "--kind", "annual")
    first = walk(terminal(*words), [("Verdict", "rev"), ("Why?", "Nights"), ("Change", "by=eom")])
    assert interrupt(first, "Change") == 130
    saved = parse_answers(draft.read_text(), "draft")
    assert (saved["since"], saved["verdicts"][0]["changes"]) == (date(2026, 10, 1), {"by": date(2026, 11, 30)})
    other = terminal("review", "--resume", "--since", "2 oct")
    assert other.end() == 1
    assert "since is Thu 1 Oct 2026, but --since says Fri 2 Oct 2026." in " ".join(other.text.split())

    whole = ("What worked?", "What did not work?", "What changed?", "How are you?", "What do you ask of your program?")
    rest = [(question, "") for question in (*whole, "A new goal?")]
    second = walk(terminal("review", "--resume"), [*rest, ("Next review?", "in 2 weeks"), ("Save this review?", "")])
    assert second.end() == 0
    assert "annual, since Thu 1 Oct 2026" in second.text
    found = review(sample)
    assert (found["period"], found["next_on"]) == ({"start": "2026-10-01", "end": "2026-11-20"}, "2026-12-04")


def test_a_killed_terminal_keeps_the_answers(terminal: Start, sample: Path, draft: Path) -> None:
    """Every answer is on the disk before the next question; a plain `review` offers them."""
    first = walk(terminal("review"), WHOLE[:4])
    first.wait_for("measure= → measure: empty Change? (Enter when done)")
    first.kill()
    before = draft.read_bytes()
    (entry,) = parse_answers(before.decode(), "draft")["verdicts"]
    assert (entry["changes"], entry["clear"]) == ({"by": date(2027, 2, 1)}, ["measure"])

    second = terminal("review")
    second.wait_for("Unfinished review on Mon 23 Nov 2026")
    second.answer("stop?", "stop")
    assert second.end() == 0
    assert draft.read_bytes() == before

    third = walk(terminal("review"), [("stop?", ""), *WHOLE[5:]])
    assert third.end() == 0
    assert len(review(sample)["verdicts"]) == 3


def test_ctrl_c_among_new_expectations(terminal: Start, draft: Path) -> None:
    """What was entered is in the draft; the walk goes on with the same question, and shows it."""
    answers = [
        ("Does this mentorship work for you?", ""),
        ("Are you comfortable", ""),
        ("Any comment", "theirs: Notes"),
    ]
    first = walk(terminal("review", "--scope", "curie"), [("Verdict", ""), *answers])
    assert interrupt(first, "Anything else?") == 130
    (entry,) = parse_answers(draft.read_text(), "draft")["mentors"]
    assert entry["theirs"] == ["Notes"] and "comment" not in entry

    second = walk(terminal("review", "--resume"), [("Any comment or new expectation?", "mine: Time")])
    assert interrupt(second.answer("Anything else?", "Fine"), "Anything else?") == 130
    assert "theirs: Notes" in second.text
    (entry,) = parse_answers(draft.read_text(), "draft")["mentors"]
    assert (entry["mine"], entry["theirs"], entry["comment"]) == (["Time"], ["Notes"], "Fine")


@pytest.mark.slow
def test_ctrl_c_at_every_question(terminal: Start, sample: Path) -> None:
    """Whichever question it is, the answers before it stay and the question comes again."""
    questions = [
        ("Verdict", "keep"),
        ("Does this mentorship work for you?", "good"),
        ("Is it productive", "yes"),
        ("Are you comfortable", "yes"),
        ("Any comment or", ""),
        ("What worked?", "y"),
        ("What did not work?", ""),
        ("What changed?", ""),
        ("How are you?", ""),
        ("What do you ask of your program?", ""),
        ("A new goal?", ""),
        ("Next review?", ""),
        ("Save this review?", "yes"),
    ]
    before = content(sample)
    words = ["review", "--scope", "curie"]
    for number, (question, _) in enumerate(questions):
        screen = terminal(*words)
        if number:
            walk(screen, questions[number - 1 : number])
        else:
            screen.answer(BEGIN)
        assert interrupt(screen, question) == 130, question
        words = ["review", "--resume"] if number else words
        assert content(sample) == before

    last = walk(terminal("review", "--resume"), questions[-1:])
    assert last.end() == 0
    assert (review(sample)["scope"], review(sample)["worked"]) == ("curie", "y")


def test_starting_again_keeps_the_old_answers(terminal: Start, draft: Path) -> None:
    """Nothing overwrites them unasked: they lie beside, under a number."""
    draft.parent.mkdir(exist_ok=True)
    for number in ("", "-2"):
        kept = draft.with_name(f"review{number}.toml")
        kept.write_text('worked = "then"\n')
    screen = walk(terminal("review", "--quick"), [("stop?", "new"), ("What moved?", "now")])

    assert interrupt(screen, "What is stuck?") == 130
    assert "review-3.toml" in "".join(screen.everything)  # a long path goes on in the next line
    assert draft.with_name("review-3.toml").read_text() == 'worked = "then"\n'
    assert parse_answers(draft.read_text(), "draft")["worked"] == "now"


def test_a_quick_walk(terminal: Start, invoke: Run, sample: Path) -> None:
    """Three questions, shown again in their own words, and the goals that drift; no verdict that nobody gave."""
    answers = [
        ("What moved?", "The draft"),
        ("What is stuck?", ""),
        ("What will you change?", "Less"),
        ("Verdict", ""),
        ("Save this review?", "y"),
    ]
    screen = walk(terminal("review", "--quick"), answers)

    assert screen.end() == 0
    assert "Goal 1 of 1 · drifting" in screen.text
    assert "  moved    The draft\n  changes  Less\n" in screen.text
    found = review(sample)
    assert screen.screen[-2:] == [f"Saved quick review {found['id']} (Mon 23 Nov 2026)", "Undo with: mentorlog undo"]
    said = invoke("show", found["id"]).out
    assert ["moved", "The draft"] in [line.split(maxsplit=1) for line in said.splitlines()]
    assert (found["kind"], found["worked"], found["changed"]) == ("quick", "The draft", "Less")
    assert (found["verdicts"], found["next_on"]) == ([], None)


def test_what_is_not_kept_stays_in_the_draft(terminal: Start, sample: Path, draft: Path) -> None:
    """Who says no at the end can go on later; nothing was changed."""
    words = ("review", "--quick")
    answers = [
        ("What moved?", "x"),
        ("stuck?", ""),
        ("What will you change?", ""),
        ("Verdict", "drop"),
        ("Why?", "No time"),
    ]
    before = content(sample)
    screen = walk(terminal(*words), [*answers, ("Save this review?", "n")])

    assert screen.end() == 0
    screen.wait_for("continue with: mentorlog review --resume")
    assert content(sample) == before
    assert walk(terminal("review", "--resume"), [("Save this review?", "y")]).end() == 0
    assert review(sample)["verdicts"][0]["reason"] == "No time"


def test_nothing_answered_is_no_review(terminal: Start, sample: Path, draft: Path) -> None:
    """Enter all the way decides nothing."""
    answers = [("What moved?", ""), ("stuck?", ""), ("What will you change?", ""), ("Verdict", "")]
    before = content(sample)
    screen = walk(terminal("review", "--quick"), answers)

    assert screen.end() == 0
    assert "No answers; no review was saved." in screen.text
    assert (content(sample), draft.exists()) == (before, False)


def test_answers_that_do_not_fit_are_asked_again(terminal: Start, sample: Path) -> None:
    """A reason is needed where one is needed; a revision that changes nothing is none; days lie ahead."""
    answers = [
        ("Verdict", "maybe"),
        ("Verdict", "revise"),
        ("Why?", ""),
        ("Why?", "Because"),
        ("Change", "nonsense"),
        ("Change", "bogus=1"),
        ("Change", "by=3 jan 2027"),
        ("Change", "status=dropped"),
        ("Change", ""),
        ("Verdict", "pause"),
        ("Why?", "Nights"),
        ("Verdict", "defer"),
        ("To when?", ""),
        ("To when?", "rubbish"),
        ("To when?", "yesterday"),
        ("To when?", "tomorrow"),
        ("Why?", ""),
        ("What worked?", ""),
        ("What did not work?", ""),
        ("What changed?", ""),
        ("How are you?", ""),
        ("What do you ask of your program?", ""),
        ("A new goal?", "Teach"),
        ("By when?", ""),
        ("With which mentors?", "nobody"),
        ("With which mentors?", ""),
        ("How will you know you achieved it?", ""),
        ("A new goal?", ""),
        ("Next review?", "today"),
        ("Next review?", "in 8 weeks"),
        ("Save this review?", "yes"),
    ]
    screen = walk(terminal("review", "--scope", "g7k3q", lines=60), answers)

    assert screen.end() == 0
    said = " ".join(screen.text.split())
    for words in (
        "Please enter one of those in brackets; ? shows what they mean.",
        "This verdict needs a reason.",
        "error: That is not FIELD=VALUE. hint: for example: by=fri or why=A first paper ",
        "A goal has no field 'bogus'.",
        "That is already set; nothing changed.",
        "status cannot be revised directly.",
        "No changes; choose a verdict again.",
        "Sun 22 Nov 2026 is too early",
        "No mentor matches 'nobody'.",
        "Mon 23 Nov 2026 is too early",
    ):
        assert words in said, words
    found = review(sample)
    assert [(v["goal"], v["verdict"], v["reason"], v["changes"]) for v in found["verdicts"]] == [
        ("g7k3q", "pause", "Nights", None)
    ]
    assert found["next_on"] == "2027-01-18"


def test_answers_on_what_is_closed_meanwhile_are_left_out(terminal: Start, sample: Path, draft: Path) -> None:
    """What the journal no longer asks is no obstacle."""
    first = walk(terminal("review", "--quick"), [("What moved?", "x"), ("stuck?", ""), ("What will you change?", "")])
    first.answer("Verdict", "keep").wait_for("Save this review?").press("ctrl-c")
    assert first.end() == 130
    open_journal(sample).update(
        Goal, "g9p2m", name="drop", change=lambda goal: goal.moved_to("dropped", on=date(2026, 11, 23), reason="x")
    )
    second = walk(terminal("review", "--resume"), [("Save this review?", "y")])

    assert second.end() == 0
    assert "g9p2m is no longer open; its answer was dropped." in second.text
    assert review(sample)["verdicts"] == []


@pytest.mark.parametrize("text", ["worked = ", "[[verdicts]]\ngoal = 3", 'scope = "gzzzz"', "on = 2030-01-01"])
def test_a_draft_that_was_broken(text: str, terminal: Start, draft: Path) -> None:
    """It is said what is wrong, and the text stays."""
    draft.parent.mkdir(exist_ok=True)
    draft.write_text(text)
    screen = terminal("review", "--resume")

    assert screen.end() == 1
    assert "The saved answers cannot be used." in screen.text
    assert draft.read_text() == text


def test_nothing_to_go_on_with(terminal: Start) -> None:
    """Nor is there a draft before the first answer."""
    assert terminal("review", "--resume").end() == 1
    for question in (BEGIN, "Verdict"):
        screen = terminal("review")
        if question != BEGIN:
            screen.answer(BEGIN)
        assert interrupt(screen, question) == 130
        assert "--resume" not in screen.text
    assert terminal("review", "--resume").end() == 1


def test_a_narrow_terminal(terminal: Start) -> None:
    """At 40 columns no line is wider, and the meanings of the verdicts are broken between words."""
    screen = terminal("review", columns=40, lines=80)
    screen.answer(BEGIN).wait_for("Verdict [k/r/a/par/pau/d/?] (skip):")

    assert "  r    revise    change its date or its\n                 words\n" in screen.text
    assert "  g7k3q  Submit case report\n         last evidence 3 weeks ago\n" in screen.text
    screen.answer("Verdict", "p").answer("Verdict", "pau").answer("Why?", "x").wait_for("Goal 2 of 3")
    assert "Please enter one of those in brackets" in screen.text


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 24), (80, 16)])
def test_the_facts_stay_until_enter(terminal: Start, sample: Path, columns: int, lines: int) -> None:
    """CASES B4: facts, about how many questions and Enter on one screen, however much there is; the rest is counted."""
    late = [make_meeting(on=date(2026, 10, day), created=datetime(2026, 11, 3, tzinfo=UTC)) for day in range(10, 18)]
    goals = [make_goal(title=f"A goal with many words in its title, number {number}") for number in range(20)]
    earlier = make_review(on=date(2026, 11, 1), created=datetime(2026, 11, 1, 9, tzinfo=UTC))
    keep(sample, *late, *goals, earlier)
    screen = terminal("review", columns=columns, lines=lines).wait_for_question(BEGIN)
    screen.rest()
    shown = screen.screen

    assert len(shown) <= lines
    assert shown == screen.everything
    assert shown[0] == "Review on Mon 23 Nov 2026"
    text = " ".join(" ".join(shown).split())
    for words in ("1 held, 1 missed", "2 open, 1 late", "entered late", "22 active, 1 paused", "About 41 questions."):
        assert words in text
    assert re.search(r" and [0-9]+ more About", text) or "Goals" not in text
    screen.answer(BEGIN, "keep").answer(BEGIN).wait_for_question("Verdict")
    assert "Press Enter to begin, or Ctrl-C to stop." in " ".join(screen.text.split())


def test_letters_are_explained_once(terminal: Start) -> None:
    """CASES B4: what each verdict means comes before the first of its kind, and for ?; then only the letters."""
    screen = walk(terminal("review", lines=80), [("Verdict", "?"), ("Verdict", "k"), ("Verdict", ""), ("Verdict", "")])
    screen.wait_for("Late task 1 of 2").wait_for_question("Verdict [k/do/de/dr/?] (skip):")

    assert screen.text.count("partly    close it, reached in part\n") == 3
    assert screen.text.count("Verdict [k/r/a/par/pau/d/?] (skip):") == 3
    assert screen.text.count("Verdict [k/res/rev/a/p/d/?] (skip):") == 1
    assert "  res  resume    make it active again\n" in screen.text
    assert "  de  defer  give it a later day\n" in screen.text
    screen = walk(screen, [("Verdict", ""), ("Verdict", "")])
    screen.wait_for_question("Does this mentorship work for you? [g/d/n/?] (skip):")
    assert "  n  not_good  it does not work for me\n" in screen.text


def test_json_is_not_for_walking(terminal: Start) -> None:
    """One document and questions cannot be used together."""
    assert terminal("review", "--json").end() == 2
