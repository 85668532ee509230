"""`mentorlog search`: words and their beginnings, in all text of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]


def ids(ran: Ran) -> list[str]:
    """The ids that a search found, in their order."""
    assert ran.exit == 0, ran
    return [view["id"] for view in ran.data]


@pytest.fixture
def search(invoke: Invoke) -> Callable[..., list[str]]:
    """search("words") -> the ids that are found."""
    return lambda *words: ids(invoke("search", *words, "--json"))


def added(invoke: Invoke, *words: str) -> str:
    """Add a record and return its id."""
    return str(invoke(*words, "--json").data["id"])


def test_every_kind_is_searched(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """Whatever somebody wrote is found: titles, prose, names, history, profile."""
    osler = added(invoke, "mentor", "add", "William Osler", "--met-via", "the xylophone club")
    goal = added(invoke, "goal", "add", "Write", "--why", "for the Xylophone")
    task = added(invoke, "task", "add", "Draft", "--notes", "A xylophone\nof wood")
    meeting = added(invoke, "meeting", "log", "osler", "on xylophones and more", "--on", "today")
    note = added(invoke, "note", "add", "First line\n\nThe xylophone again")
    invoke("goal", "progress", goal, "-m", "a march")
    invoke("profile", "set", "strengths=xylophone")
    review = f'worked = "The xylophone"\n[[verdicts]]\ngoal = "{goal}"\nverdict = "keep"\n'
    kept = invoke("review", "--answers", "-", "--json", stdin=review)

    assert kept.exit == 0
    assert {osler, goal, task, meeting, note, "profile"} < set(search("xylo"))
    assert len(search("xylophone")) == 7
    assert search("march") == [goal]


def test_all_words_must_be_there(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """Several words narrow, in whatever order, in one argument or several, once or twice."""
    both = added(invoke, "note", "add", "Consent form")
    added(invoke, "note", "add", "Consent of the ward")

    for words in (["consent", "form"], ["form cons"], ["CONSENT", "Form", "form"]):
        assert search(*words) == [both]


def test_titles_come_first(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """A word in the title weighs more than the same one in the text."""
    text = added(invoke, "task", "add", "Write to the board", "--notes", "about the consent form")
    title = added(invoke, "task", "add", "Consent form")

    assert search("consent") == [title, text]


@pytest.mark.parametrize("word", ["active", "normal", "mentor", "todo", "2026", "true"])
def test_what_nobody_wrote_is_no_text(word: str, invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """States, priorities and days answer to filters, not to the search."""
    added(invoke, "goal", "add", "Write", "--by", "2026-12-20")
    added(invoke, "task", "add", "Draft", "--due", "2026-12-20")

    assert search(word) == []


def test_people_and_tags_are_found(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """A record answers to the ids that it names, and to its tags."""
    added(invoke, "mentor", "add", "William Osler")
    task = added(invoke, "task", "add", "Draft", "--from", "osler", "--tag", "ward")

    assert search("osler") == ["osler", task]
    assert search("ward") == [task]


def test_in_kinds(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """`--in` takes kinds, in the singular or the plural, several of them."""
    goal, task = added(invoke, "goal", "add", "Consent"), added(invoke, "task", "add", "Consent")

    assert search("consent", "--in", "goals") == [goal]
    assert set(search("consent", "--in", "goal", "--in", "Task")) == {goal, task}
    assert search("consent", "--in", "profile") == []
    assert "one of: mentor, goal" in invoke("search", "consent", "--in", "poem").err


@pytest.mark.parametrize(
    "text",
    ["AND", "NEAR(", "OR NOT", "a:b", "title:consent", "^x", "-", "x -y", "(a", "{a b}:c", "a*b", "a\\b", "'", "a'b"],
)
def test_no_word_is_a_command(text: str, invoke: Invoke) -> None:
    """What FTS5 would take for syntax is taken as it stands."""
    added(invoke, "note", "add", f"before {text} after")

    ran = invoke("search", "--json", "--", text, "after")
    assert ran.exit == 0
    assert len(ran.data) == 1


@pytest.mark.parametrize("text", ["", " ", '"', "*", '"*"', "- -", "\t"])
def test_nothing_to_search_for(text: str, invoke: Invoke) -> None:
    """Without a letter or digit there is nothing that could be found: that is said."""
    ran = invoke("search", "--", text)

    assert (ran.exit, ran.out) == (1, "")
    assert "no word to search for." in ran.err or "The search text is empty." in ran.err
    assert "hint: " in ran.err


def test_bytes_that_are_no_text(invoke: Invoke) -> None:
    """A lone surrogate (bytes in no encoding) is refused in one sentence."""
    ran = invoke("search", "caf\udce9")

    assert (ran.exit, ran.out) == (1, "")
    assert "not valid UTF-8" in ran.err


@pytest.mark.parametrize("word", ["é", "cafe", "日本", "日", "🩺", "Ärz"])
def test_words_of_other_scripts(word: str, invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """Accents do not matter; other scripts are words as well."""
    note = added(invoke, "note", "add", "Das café der Ärzte écrit 日本語 🩺")

    assert search(word) == [note]


def test_ten_thousand_characters(invoke: Invoke) -> None:
    """A pasted page is a search like any other; the answer does not repeat it."""
    ran = invoke("search", "ab " * 3333 + "x" * 10_000)

    assert ran.exit == 0
    assert len(ran.out) < 120


def test_the_words_around_the_find(invoke: Invoke) -> None:
    """A find in the text shows the words around it, one in the title nothing more."""
    added(invoke, "task", "add", "Consent form", "--notes", "nothing of it here")
    added(invoke, "task", "add", "Board", "--notes", "She said:\n\nbring the consent form")

    lines = invoke("search", "consent").out.splitlines()
    assert [line.split("  ")[-1].strip() for line in lines] == [
        "Consent form",
        "Board",
        "She said: bring the consent form",
    ]
    snippets = [view["snippet"] for view in invoke("search", "consent", "--json").data]
    assert snippets == ["Consent form", "She said: bring the consent form"]


def test_fields_do_not_run_into_each_other(invoke: Invoke) -> None:
    """Where a snippet goes over the edge of a field, or of an entry of a list, a dot shows it; none is ever found."""
    invoke("mentor", "add", "William Osler")
    invoke("meeting", "log", "osler", "Bring the consent form\nto the ward", "--on", "today")
    meeting = invoke("meeting", "list", "--json").data[0]["id"]
    invoke("set", meeting, 'decisions=["Ask the board", "Write to Curie"]')

    (view,) = invoke("search", "consent", "--json").data
    assert view["snippet"] == "Ask the board · Write to Curie · Bring the consent form to the ward"
    assert invoke("search", "board").out.splitlines()[1].strip() == view["snippet"]
    assert invoke("search", "·").out == "No results for '·'.\n"


def test_deleted_and_changed_records(invoke: Invoke, search: Callable[..., list[str]], journal_root: Path) -> None:
    """What was deleted or rewritten answers no more, whoever did it."""
    note = added(invoke, "note", "add", "Consent")
    path = next((journal_root / "notes").iterdir())

    path.write_text(path.read_text().replace("Consent", "Assent"))
    assert (search("consent"), search("assent")) == ([], [note])
    invoke("delete", note)
    assert search("assent") == []


def test_found_words_are_marked_on_a_terminal(invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """In bold, in the title and in the text; lines keep to the width, and the find stays in sight."""
    added(invoke, "task", "add", "The consent form", "--notes", "word " * 12 + "and the consent at the end")

    shown = terminal("search", "consent", columns=40)
    shown.end()

    assert shown.raw.decode().count("\x1b[1;33mconsent\x1b[0m") == 2
    assert max(map(len, shown.screen)) <= 40
    assert "…" in shown.screen[1]
    plain = terminal("search", "consent", columns=40, env={"NO_COLOR": "1"})
    plain.end()
    assert b"\x1b[" not in plain.raw


def test_hostile_text_is_shown_escaped(invoke: Invoke) -> None:
    """A control sequence in a title is data."""
    invoke("note", "add", "Consent \x1b[31m [/b] \x02x\x03")

    assert "\\x1b[31m [/b]" in invoke("search", "consent").out


def test_a_word_is_needed(invoke: Invoke) -> None:
    """Without one it is a usage error that names the argument."""
    ran = invoke("search")

    assert ran.exit == 2
    assert "Missing argument: TEXT" in ran.err


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("co\u00adoperation with the ward", "cooperation"),
        ("Reise nach Łódź", "lodz"),
        ("Reise nach Lodz", "ŁÓDŹ"),
        ("Durch die Straße", "STRASSE"),
        ("Løvborg", "lovborg"),
        ("Fre\u0301de\u0301ric", "Frédéric"),
        ("Frédéric", "fre\u0301de\u0301"),
        ("ﬁnal", "final"),
        ("case–report", "case-report"),
        ("می\u200cخواهم", "میخواهم"),
        ("می\u200cخواهم", "خواهم"),
        ("Ἱπποκράτης", "ιπποκρατης"),
        ("Иван", "иван"),
        ("症例報告を提出する", "報告"),
        ("症例報告を提出する", "提"),
        ("次はECGの読み方", "ecgの読"),
        ("ガンマ線", "ｶﾞﾝﾏ"),
        ("ฉันเขียนรายงานผู้ป่วย", "รายงาน"),
    ],
)
def test_text_and_words_are_compared_folded(
    text: str, asked: str, invoke: Invoke, search: Callable[..., list[str]]
) -> None:
    """Case, accents, letters with strokes, soft hyphens, joiners and forms of letters make no difference.

    The members of the kind: words with signs of no width, letters that have no accent to lose, NFC and NFD, ligatures,
    sorts of hyphens, Greek and Cyrillic; and scripts without blanks between words, in which a word is inside a run.
    """
    first = added(invoke, "note", "add", text)
    second = added(invoke, "goal", "add", "Other", "--why", f"Because of {text}")

    assert search(asked) == [first, second]
    assert invoke("search", asked).out.splitlines()[0] == f"{first}  note     {text}".replace("\u00ad", "")


def test_a_folded_match_is_marked_where_it_was_found(invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """The text is shown as it is stored, with its snippet."""
    added(invoke, "goal", "add", "Reise", "--why", "Durch die Straße " + "und weiter " * 40 + "nach Łódź, am Ende")
    invoke("goal", "add", "症例報告", "--why", "x")
    invoke("goal", "add", "Teach", "--why", "胸部CT検査について、学会の発表で話す。")

    shown = invoke("search", "lodz").out.splitlines()[1]
    assert shown.strip().startswith("…")
    assert shown.endswith("nach Łódź, am Ende")
    for asked in ("発表", "ct検査", "学会の発表"):
        assert "学会の発表で話す。" in invoke("search", asked).out.splitlines()[1]
    screen = terminal("search", "報告")
    screen.end()
    assert "症例報告" in screen.text.replace(" ", "")


def test_an_id_finds_its_record(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """The record with that id comes first, then those that name it; as many kinds as are asked for."""
    invoke("mentor", "add", "William Osler")
    goal = added(invoke, "goal", "add", "Case report", "--with", "osler")
    task = added(invoke, "task", "add", "Draft", "--goal", goal)
    note = added(invoke, "note", "add", f"See {goal}")

    assert search(goal)[0] == goal
    assert set(search(goal.upper())) == {goal, task, note}
    assert search(goal, "--in", "goal") == [goal]
    assert search(task) == [task]
    assert search("osler") == ["osler", goal]
    assert search(goal, "--in", "mentor") == []


def test_the_beginning_of_an_id_finds_records_where_no_word_does(
    invoke: Invoke, search: Callable[..., list[str]]
) -> None:
    """A prefix is tried last: two letters of an id are often the beginning of a word."""
    goal = added(invoke, "goal", "add", "Case report")
    assert search(goal[:3]) == [goal]
    note = added(invoke, "note", "add", f"{goal[:3]} is a word")

    assert search(goal[:3]) == [note]
    assert search(goal[:1] + "0") == []


def test_a_word_without_letters_is_refused(invoke: Invoke) -> None:
    """What only hides is no word."""
    for text in ("\u00ad", "\u200b \u200d"):
        assert invoke("search", text).exit == 1


def test_what_a_note_is_not_called_by_is_found(invoke: Invoke, search: Callable[..., list[str]]) -> None:
    """The title of a note is its first words; what is before them is searched as well."""
    note = added(invoke, "note", "add", "# Fri 20 nov\n\n<!-- xylophone -->\nThe figure is too small")
    other = added(invoke, "note", "add", "<!-- glockenspiel -->\nThe figure is too large")

    assert search("xylophone") == [note]
    assert search("glockenspiel") == [other]
    assert search("large") == [other]
