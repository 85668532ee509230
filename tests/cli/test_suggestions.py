"""Words of other tools, and words that are misspelt: what to type instead."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest

from mentorlog.cli import suggestions, suggestions_table, table
from world import Ran, World

Invoke = Callable[..., Ran]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("goal show g7k3q", "show g7k3q"),
        ("task edit t4m2x", "edit t4m2x"),
        ("goal done g7k3q -m published", "goal achieve g7k3q -m published"),
        ("prep osler", "meeting prep osler"),
        ("goals", "goal list"),
        ("mentors", "mentor list"),
        ("tasks --with osler", "task list --with osler"),
        ("meetings", "meeting list"),
        ("notes", "note list"),
        ("reviews", "review list"),
        ("list", "goal list"),
        ("ls tasks", "task list"),
        ("add goal 'Case report'", "goal add 'Case report'"),
        ("add 'Case report'", "task add 'Case report'"),
        ("new meeting osler", "meeting plan osler"),
        ("log osler", "meeting log osler"),
        ("log", "history"),
        ("rm g7k3q", "delete g7k3q"),
        ("goal delete g7k3q", "delete g7k3q"),
        ("task complete t4m2x", "task done t4m2x"),
        ("task ls", "task list"),
        ("goal new x", "goal add x"),
        ("goal update g7k3q by=2027-01-03", "goal revise g7k3q by=2027-01-03"),
        ("task update t4m2x due=fri", "set t4m2x due=fri"),
        ("task update t4m2x", "edit t4m2x"),
        ("meeting missed m4k2x", "meeting cancel --missed m4k2x"),
        ("mentor osler", "show osler"),
        ("goal g7k3q", "show g7k3q"),
        ("note 'Met Curie; all well'", "note add 'Met Curie; all well'"),
        ("man goal tell", "help goal tell"),
        ("goal help", "goal --help"),
        ("stats", "status"),
        ("Goals", "goal list"),
        ("note search consent", "search --in note consent"),
    ],
)
def test_a_likely_word_is_answered(typed: str, answer: str) -> None:
    """A word of another tool is answered with the whole command to type here."""
    words = shlex.split(typed)
    noun = words[0] if words[0] in table.VERBS else None
    known = list(table.COMMANDS) if noun is None else ["add", "list", "tell"]

    assert suggestions.instead(words[1:] if noun else words, noun, known) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("GOAL list", "goal list"),
        ("Task add 'Draft abstract'", "task add 'Draft abstract'"),
        ("STATUS", "status"),
        ("goals --with osler", "goal list --with osler"),
        ("goals add Aim", "goal add Aim"),
        ("tasks done t4m2x", "task done t4m2x"),
        ("goals done g7k3q", "goal achieve g7k3q"),
        ("goals g7k3q", "show g7k3q"),
        ("meetings osler", "meeting prep osler"),
        ("list goals", "goal list"),
    ],
)
def test_nouns_in_other_forms(typed: str, answer: str) -> None:
    """Another case and the plural mean the noun; what stands behind it is kept, once."""
    assert suggestions.instead(shlex.split(typed), None, list(table.COMMANDS)) == answer


def test_verbs_in_another_case_and_people() -> None:
    """`goal LIST` is list; `meeting osler` is the screen before a meeting with him."""
    verbs = ["plan", "log", "list", "prep"]

    assert suggestions.instead(["LIST", "--all"], "goal", ["list"]) == "goal list --all"
    assert suggestions.instead(["osler"], "meeting", verbs) == "meeting prep osler"
    assert suggestions.instead(["plna", "osler"], "meeting", verbs) == "meeting plan osler"


def test_the_answer_is_safe_to_paste(world: World) -> None:
    """What was typed comes back quoted for a shell, with the journal that was named; exit status 2."""
    ran = world.invoke("--journal", "/my journal", "prep", "$(id); x\x1b[2J'")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(
        "error: There is no command 'prep'.\nhint: try: mentorlog --journal '/my journal' meeting prep '"
    )
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("verb", ["show", "edit", "delete"])
def test_the_name_of_a_mentor_is_answered_with_the_id(verb: str, invoke: Invoke) -> None:
    """Names find nobody where any record is meant, and the id that is likely is said."""
    invoke("mentor", "add", "William Osler")

    ran = invoke(verb, "Will", env={"EDITOR": "true"})

    assert ran.err == "error: No record matches 'Will'.\nhint: did you mean osler (William Osler)?\n"


def test_every_suggestion_is_a_command() -> None:
    """What is suggested is there, and nothing is suggested for a word that is a command itself."""
    tables = [suggestions_table.ANY, suggestions_table.ROOT, suggestions_table.NOUN]
    rows = [row for one in [*tables, *suggestions_table.BY_NOUN.values()] for row in one.items()]
    for answer, word in [(answer, word) for words, answer in rows for word in words.split()]:
        verb, *rest = answer.format(noun="goal", word=word).split()
        assert verb in table.COMMANDS or answer.isupper() or answer == "--version"
        assert not rest or rest[0].startswith("-") or rest[0] in table.VERBS[verb], answer
    for known, own in [(table.COMMANDS, suggestions_table.ROOT), *paired()]:
        assert not set(known) & {word for words in own for word in words.split()}


def paired() -> list[tuple[dict[str, str], dict[str, str]]]:
    """The verbs of each noun, and the words that are answered behind it."""
    return [(table.VERBS[noun], own) for noun, own in suggestions_table.BY_NOUN.items()]
