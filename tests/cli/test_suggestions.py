"""Words of other tools, and misspelled ones: what to type instead."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.cli import suggestions_table, table
from mentorlog.cli.suggestions import suggest
from reviewed import open_journal
from test_hints import complaint
from world import Ran, World

Invoke = Callable[..., Ran]

FAMILIAR = (
    *("ls", "list", "all", "rm", "remove", "delete", "del", "erase", "view", "show", "cat", "open", "info", "print"),
    *("edit", "modify", "update", "change", "set", "add", "new", "create", "done", "complete", "finish", "close"),
    *("resolve", "do", "reopen", "resume", "restart", "continue", "start", "stop", "begin", "pause", "hold", "cancel"),
    *("abandon", "drop", "postpone", "move", "reschedule", "annotate", "append", "comment", "log", "blame", "history"),
    *("diff", "undo", "revert", "find", "search", "grep", "status", "summary", "next", "agenda", "due", "send"),
    *("submit", "share", "tell", "archive", "check", "help", "plan", "schedule", "sync", "end"),
)
"""Words of git, gh, jj, Taskwarrior, todo.txt and jrnl."""

NEW = {"add", "new", "create", "plan", "schedule"}
"""Words before a title or a name, not before an id."""

IDS = {"mentor": "osler", "goal": "g7k3q", "task": "t4m2x", "meeting": "m4k2p", "note": "n5k3w", "review": "r4k2m"}
PLACES = [
    *IDS.items(),
    ("profile", "stage"),
    *(("", id) for id in IDS.values()),
    ("", ""),
    *(pytest.param(noun, "", marks=pytest.mark.slow) for noun in table.VERBS),
]
WRONG = re.compile(r"^error: (?:There is no|No |Unknown|Unexpected|Missing|.* is missing)")
HINT = re.compile(r"hint: (?:see|did you mean(?: one of)?): (mentorlog .*)\n")


@pytest.fixture
def records(world: World, journal_root: Path) -> dict[str, bytes]:
    """The files of a journal with one record of each kind."""

    def fill() -> None:
        journal = open_journal(journal_root)
        journal.add(make_mentor(id=IDS["mentor"]), name="fill")
        for make in (make_goal, make_task, make_note, make_review):
            kind = make.__name__.removeprefix("make_")
            journal.add(make(id=IDS[kind]), name="fill")
        journal.add(make_meeting(id=IDS["meeting"], status="planned"), name="fill")

    world.filled("one of each", fill)
    return files(journal_root)


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


def restore(root: Path, records: dict[str, bytes]) -> None:
    """Make the record files what they were."""
    for path in files(root).keys() | records:
        (root / path).unlink(missing_ok=True)
        if path in records:
            (root / path).write_bytes(records[path])


def is_known(noun: str, words: list[str]) -> bool:
    """Tell whether words after a noun begin with a verb of it or an alias; or with a root verb or an alias."""
    return words[0] in (table.VERBS[noun] if noun else table.COMMANDS) or table.expand(noun, words) is not None


@pytest.mark.parametrize(("noun", "id"), PLACES)
def test_a_familiar_word_is_answered(
    noun: str, id: str, world: World, journal_root: Path, records: dict[str, bytes]
) -> None:
    """Where it does not work, nothing changes, and the answer names commands that exist and take what was typed."""
    for word in FAMILIAR:
        words = [word, *filter(None, [IDS["mentor"] if id and word in NEW else id])]
        if is_known(noun, words):
            continue
        ran = world.invoke(*filter(None, [noun]), *words, "--no-input")
        assert (ran.exit, ran.out, files(journal_root)) == (2, "", records), words
        hint = HINT.search(ran.err)
        assert hint, f"{noun} {words}: {ran.err}"
        commands = re.split(", (?=mentorlog )", hint[1])
        assert not [one for one in commands if "mentorlog --" not in one and complaint(one.removeprefix("mentorlog "))]
        if len(commands) == 1:
            pasted = world.invoke(*shlex.split(commands[0])[1:], "--no-input", env={"EDITOR": "true"})
            assert not WRONG.search(pasted.err), f"{noun} {words}: {commands}: {pasted.err}"
            restore(journal_root, records)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("goal complete g7k3q -m published", "goal achieve g7k3q -m published"),
        ("goal cancel g7k3q", "goal drop g7k3q"),
        ("goal update g7k3q by=2027-01-03", "goal revise g7k3q by=2027-01-03"),
        ("goal new x", "goal add x"),
        ("goal help", "goal --help"),
        ("goal log g7k3q", "history g7k3q"),
        ("goal undo g7k3q", "undo"),
        ("task complete t4m2x", "task done t4m2x"),
        ("task update t4m2x due=fri", "set t4m2x due=fri"),
        ("task update t4m2x", "edit t4m2x"),
        ("task modify t4m2x due:fri", "edit t4m2x"),
        ("task annotate t4m2x 'On one page'", "edit t4m2x --notes"),
        ("note search consent", "search --in=note consent"),
        ("note finish n5k3w", "note close n5k3w"),
        ("task postpone t4m2x fri", "task defer t4m2x fri"),
        ("task postpone t4m2x", "task defer --help"),
        ("letter done t4m2x", "letter received t4m2x"),
        ("letter show t4m2x", "show t4m2x"),
        ("mentor done osler", "mentor end osler"),
        ("mentor done", "mentor end --help"),
        ("mentor prep osler", "meeting prep osler"),
        ("meeting missed m4k2x", "meeting cancel --missed m4k2x"),
        ("meeting done m4k2x", "set m4k2x status=held"),
        ("meeting done osler", "meeting log osler"),
        ("meeting reopen m4k2x", "set m4k2x status=planned"),
        ("meeting new osler", "meeting plan osler"),
        ("review start", "review"),
        ("review continue", "review --resume"),
        ("profile list", "profile show"),
        ("profile rm stage", "profile set --clear stage"),
        ("export md", "export markdown"),
        ("prep osler", "meeting prep osler"),
        ("pause osler", "mentor pause osler"),
        ("complete t4m2x", "task done t4m2x"),
        ("log g7", "meeting log --help, history"),
        ("ls", "goal list, mentor list, meeting list, task list, letter list, note list, review list, template list"),
        ("done", "goal achieve --help, task done --help, note close --help"),
        ("add 'Case report'", "goal add, mentor add, task add, note add"),
        ("man goal tell", "help goal tell"),
        ("agenda --within 7d", "due --within 7d"),
        ("stats", "status"),
        ("archive g7k3q", ""),
    ],
)
def test_a_likely_word_is_answered(typed: str, answer: str) -> None:
    """A word of another tool is answered with the whole command to type here, or with all it may mean."""
    words = shlex.split(typed)
    noun = words.pop(0) if words[0] in table.VERBS else ""

    assert ", ".join(suggest(words, noun)) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("goals", "goal list"),
        ("Goals", "goal list"),
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
        ("add goal 'Case report'", "goal add 'Case report'"),
        ("new meeting osler", "meeting plan osler"),
    ],
)
def test_nouns_in_other_forms(typed: str, answer: str) -> None:
    """Capitals and the plural mean the noun; what follows it is kept, once."""
    assert suggest(shlex.split(typed)) == [answer]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("goal LIST --all", "goal list --all"),
        ("goal lst", "goal list"),
        ("goal g7k3q", "show g7k3q"),
        ("mentor osler", "show osler"),
        ("meeting osler", "meeting prep osler"),
        ("meeting plna osler", "meeting plan osler"),
        ("note 'Met Curie; all well'", "note add 'Met Curie; all well'"),
    ],
)
def test_verbs_in_capitals_misspelled_and_missing(typed: str, answer: str) -> None:
    """`goal LIST` is list; `meeting osler` is the screen before a meeting with him."""
    noun, *words = shlex.split(typed)

    assert suggest(words, noun) == [answer]


def test_the_answer_is_safe_to_paste(world: World) -> None:
    """What was typed comes back quoted for a shell, with the journal that was named; exit status 2."""
    ran = world.invoke("--journal", "/my journal", "prep", "$(id); x\x1b[2J'")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(
        "error: Unknown command 'prep'.\nhint: did you mean: mentorlog --journal '/my journal' meeting prep '"
    )
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("verb", ["show", "edit", "delete"])
def test_the_name_of_a_mentor_is_answered_with_the_id(verb: str, invoke: Invoke) -> None:
    """Names find nobody where any record is meant, and the id that is likely is said."""
    invoke("mentor", "add", "William Osler")

    ran = invoke(verb, "Will", env={"EDITOR": "true"})

    assert ran.err == "error: No record matches 'Will'.\nhint: did you mean: osler (William Osler)\n"


def test_no_pattern_hides_a_command() -> None:
    """A word that is a command, or an alias, is not answered with another one."""
    for words in suggestions_table.PHRASES.values():
        assert not {*words.split()} & {*table.COMMANDS}
    for words in suggestions_table.PATTERNS:
        noun, _, verb = words.rpartition(" ")
        assert verb not in table.VERBS.get(noun, {}), words
        assert words not in table.ALIASES
