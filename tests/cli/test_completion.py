"""The completion of a shell: how it is installed, and what is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mentorlog.cli.reply import Line
from output.payloads import PAYLOADS
from world import Ran, World

SHELLS = ("bash", "zsh", "fish")
BREAKS = " \t\n\"'@><=;|&(:"
"""What separates words for bash, as it sets COMP_WORDBREAKS itself."""


def replied(world: World, shell: str, line: str, **env: str) -> Ran:
    """The reply to a shell whose line ends at the cursor."""
    return world.invoke(line, env={"_MENTORLOG_COMPLETE": shell, "COMP_WORDBREAKS": BREAKS, **env})


def offered(world: World, line: str, shell: str = "zsh") -> dict[str, str]:
    """The words that a shell is offered, and what it shows for each."""
    kind, *lines = replied(world, shell, line).out.splitlines()
    assert kind in ("words", "replace", "nospace")
    return {word: shown.removeprefix(word).strip() for word, _, shown in (one.partition("\t") for one in lines)}


def in_bash(world: World, line: str, **env: str) -> list[str]:
    """The lines of the reply to bash; the first says what they are."""
    return replied(world, "bash", line, **env).out.splitlines()


def write_tasks(journal: Path, **titles: str) -> None:
    """Write tasks with these titles, also such as no command would take."""
    (journal / "tasks").mkdir(exist_ok=True)
    for id, title in titles.items():
        text = f"id = '{id}'\ntitle = {json.dumps(title)}\nstatus = 'todo'\ncreated = 2026-11-20T09:00:00+00:00\n"
        (journal / "tasks" / f"{id}.toml").write_text(text)


def contents(root: Path) -> dict[Path, tuple[int, bytes]]:
    """Every file and folder below a root, when it changed last, and what is in it."""
    found = root.rglob("*")
    return {path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in found}


def test_commands_and_options_are_completed(world: World) -> None:
    """Verbs and options come with their line of help, those of the program itself included."""
    assert offered(world, "mentorlog hi") == {"history": "Show the change history"}
    assert offered(world, "mentorlog goal prog") == {"progress": "Record progress: a percentage, a count or a comment"}
    assert {"--journal", "--help"} <= offered(world, "mentorlog paths --").keys()
    assert "--install-completion" in offered(world, "mentorlog --i")
    assert offered(world, "mentorlog task list --with osler --st").keys() == {"--status"}
    assert offered(world, "mentorlog help goal pro").keys() == {"progress"}


def test_ids_are_completed(world: World, journal_root: Path) -> None:
    """Ids come with titles, open records first."""
    write_tasks(journal_root, t7k3q="Submit [case] report", t7k9z="Send it")

    assert offered(world, "mentorlog show t7") == {"t7k3q": "Submit [case] report", "t7k9z": "Send it"}
    assert in_bash(world, "mentorlog show t7k3") == ["words", "t7k3q"]
    assert world.invoke("task", "done", "t7k3q").exit == 0
    assert [*offered(world, "mentorlog show t7")] == ["t7k9z", "t7k3q"]


def test_words_of_titles_become_ids(world: World, journal_root: Path) -> None:
    """What begins a word of a title is replaced by the id, also of several words, in quotes, and without accents."""
    write_tasks(journal_root, t4m2x="Draft abstract", t7k3q="Réunion du comité", t7k9z="Abstract 日本")

    assert in_bash(world, "mentorlog task done drAF") == ["replace", "t4m2x"]
    assert in_bash(world, 'mentorlog task done "abstract dr') == ["replace", "t4m2x"]
    assert in_bash(world, "mentorlog task done reun") == ["replace", "t7k3q"]
    assert in_bash(world, "mentorlog task done 日") == ["replace", "t7k9z"]
    assert offered(world, "mentorlog task done abst") == {"t4m2x": "Draft abstract", "t7k9z": "Abstract 日本"}
    assert in_bash(world, "mentorlog goal show abst") == ["words"]


def test_bash_keeps_what_was_typed(world: World, journal_root: Path) -> None:
    """Several ids begin alike, and bash would put that in the place of the word: a line before them prevents it."""
    write_tasks(journal_root, t4m2x="Draft abstract", t4k9z="Revise abstract")

    kind, heading, *lines = in_bash(world, "mentorlog task done abstr")
    assert (kind, heading) == ("replace", "(by title)")
    assert sorted(line.split("  ")[0] for line in lines) == ["t4k9z", "t4m2x"]
    for menu in ("37", "42"):  # each line is inserted as it is
        assert sorted(in_bash(world, "mentorlog task done abstr", COMP_TYPE=menu)[1:]) == ["t4k9z", "t4m2x"]


def test_fish_gets_the_word_behind_the_id(world: World, journal_root: Path) -> None:
    """It offers only what has the typed text in it; the command does not read what follows the id."""
    write_tasks(journal_root, t4m2x="Réunion: draft abstract")

    for typed, word in (("abstr", "t4m2x-abstract"), ("reu", "t4m2x-reunion"), ("réu", "t4m2x-réunion")):
        assert offered(world, f"mentorlog task done {typed}", "fish") == {word: "Réunion: draft abstract"}
    assert world.invoke("show", "t4m2x-abstract", "--json").data["id"] == "t4m2x"
    assert world.invoke("show", "t4m2y-abstract").err.startswith("error: No record matches 't4m2y'.")


def test_mentors_are_completed_by_name(world: World, journal_root: Path) -> None:
    """A name or nickname is completed where a command takes one, with blanks quoted; elsewhere it becomes the id."""
    world.invoke("mentor", "add", "Renée Laennec", "--nickname", "Doc L")
    for name in ("Grace Chen", "Grace Hopper", "Sean O'Brien"):
        assert world.invoke("mentor", "add", name).exit == 0

    for typed, quoted in {
        "ren": r"Renée\ Laennec",
        "doc": r"Doc\ L",
        "lae": "laennec",
        '"Renée L': "Renée Laennec",
        r"Renée\ L": r"Renée\ Laennec",
        "sean": r"Sean\ O\'Brien",
        '"sean': "Sean O'Brien",
        "'sean": r"Sean O'\''Brien",
    }.items():
        for before in ("mentorlog meeting prep ", "mentorlog goal list --with ", "mentorlog goal list --with="):
            assert in_bash(world, before + typed) == ["words", quoted]
    assert offered(world, "mentorlog meeting prep gra") == {"Grace Chen": "chen", "Grace Hopper": "hopper"}
    assert offered(world, "mentorlog goal list --with=chen,ren") == {"--with=chen,Renée Laennec": "laennec"}
    assert in_bash(world, "mentorlog set ren") == ["replace", "laennec"]
    assert in_bash(world, "mentorlog show doc") == ["words", r"Doc\ L"]
    assert offered(world, "mentorlog goal list --with rene", "fish") == {"renee laennec": "laennec"}


def test_a_name_that_two_mentors_have_becomes_an_id(world: World, journal_root: Path) -> None:
    """The name alone would be refused."""
    for id in ("chen", "chen-2"):
        assert world.invoke("mentor", "add", "Grace Chen", "--id", id).exit == 0

    assert offered(world, "mentorlog meeting prep gra") == {"chen": "Grace Chen", "chen-2": "Grace Chen"}


@pytest.mark.parametrize("name", ["$(touch pwned)", "`id`", "a; b", "Al\nX", 'Al "x"', "Al\\x", "Al*", "-rf", "Al!x"])
def test_an_odd_name_is_never_inserted(name: str, world: World, journal_root: Path) -> None:
    """What a shell could take for more than a word is offered by its id alone."""
    (journal_root / "mentors").mkdir(exist_ok=True)
    text = f"id = 'al'\nname = {json.dumps(name)}\nstatus = 'active'\ncreated = 2026-11-20T09:00:00+00:00\n"
    (journal_root / "mentors" / "al.toml").write_text(text)

    for shell in SHELLS:
        for typed in ("''", "al", f"'{name[0]}"):
            _, *lines = replied(world, shell, f"mentorlog meeting prep -- {typed}").out.splitlines()
            assert {line.partition("\t")[0] for line in lines} <= {"al"}


def test_hostile_titles_stay_in_their_line(world: World, journal_root: Path) -> None:
    """No title adds a line, a tab or a control sequence to the reply."""
    digits = "23456789bcdfghjkmnpqrstvwxyz"
    titles = enumerate(f"Word {text}" for text, _ in PAYLOADS.values())
    write_tasks(journal_root, **{f"t{digits[n // 28]}{digits[n % 28]}22": title for n, title in titles})

    for shell in SHELLS:
        for typed in ("t", "word"):
            _, *lines = replied(world, shell, f"mentorlog show {typed}").out.split("\n")
            assert all(line.startswith(("t", "(by title)")) or not line for line in lines)
            assert all(line.count("\t") <= 1 and line.replace("\t", " ").isprintable() for line in lines)


def test_values_are_completed(world: World, journal_root: Path) -> None:
    """Closed lists of words, fields of the record and their values, and the words that stand beside ids."""
    write_tasks(journal_root, t4m2x="Draft abstract")
    world.invoke("mentor", "add", "William Osler")

    for line, words in {
        "goal add Aim --priority ": {"low", "normal", "high"},
        "search x --in go": {"goal"},
        "task add x --owner m": {"me"},
        "export html --for p": {"program"},
        "set t4m2x prio": {"priority="},
        "set t4m2x priority=h": {"priority=high"},
        "set t4m2x assigned_by=os": {"assigned_by=osler"},
        "set osler --clear em": {"email"},
        "profile set lev": {"level="},
    }.items():
        assert offered(world, f"mentorlog {line}").keys() == words
    assert in_bash(world, "mentorlog set t4m2x priority=h") == ["words", "high"]
    assert in_bash(world, "mentorlog set t4m2x prio") == ["nospace", "priority="]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("import json ", "files"),
        ("export html --output rep", "files"),
        ("export html --output=rep", "files"),
        ("--journal ", "files"),
        ("init ", "files"),
        ("backup list ", "folders"),
        ("goal add Ti", "words"),
        ("task add x --due ", "words"),
    ],
)
def test_the_shell_completes_files(line: str, kind: str, world: World, journal_root: Path) -> None:
    """Where a file is expected; a title or a date gets none."""
    assert in_bash(world, f"mentorlog {line}") == [kind]


def test_the_journal_is_no_record(world: World, journal_root: Path) -> None:
    """Its own entry is neither completed nor shown; a mentor of that name is."""
    world.invoke("goal", "add", "Aim")

    shown = world.invoke("show", "journal")

    assert [len(id) for id in offered(world, "mentorlog show ")] == [5]
    assert (shown.exit, shown.err.splitlines()[0]) == (1, "error: No record matches 'journal'.")
    assert world.invoke("mentor", "add", "Ada Journal").exit == 0
    assert world.invoke("show", "journal", "--json").data["name"] == "Ada Journal"


@pytest.mark.parametrize("shell", [*SHELLS, "rubbish", "complete_bash"])
def test_completion_never_complains(shell: str, world: World, journal_root: Path) -> None:
    """No journal, home or known word, a broken journal, bytes that are no text: exit 0, and nothing on stderr."""
    lines = ["", "mentorlog", "mentorlog xyzzy ", "mentorlog show ", "mentorlog 'open ", "mentorlog show \udcff", "\\"]
    for env in (
        {"MENTORLOG_JOURNAL": "/nowhere", "MENTORLOG_NOW": "rubbish", "TZ": "UTC+25"},
        {"MENTORLOG_JOURNAL": "/dev/null", "COLUMNS": "wide"},
        {"MENTORLOG_JOURNAL": "", "HOME": "", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""},
    ):
        for line in lines:
            ran = replied(world, shell, line, **env)
            assert (ran.exit, ran.err) == (0, "")
            assert not ran.out or shell in SHELLS
    ran = world.run(env={"_MENTORLOG_COMPLETE": shell, "MENTORLOG_JOURNAL": "/nowhere"})
    assert (ran.exit, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("state", ["no index", "stale", "rubbish", "folder", "no journal", "no records"])
def test_completion_writes_nothing(state: str, world: World, journal_root: Path) -> None:
    """No index, lock or journal is made or changed; what has changed since is read all the same."""
    write_tasks(journal_root, t4m2x="Draft abstract")
    world.invoke("task", "list")
    index = journal_root / ".mentorlog" / "index.sqlite"
    if state == "stale":
        write_tasks(journal_root, t4m2x="Revise abstract", t7k3q="Send it")
    elif state == "rubbish":
        index.write_text("rubbish")
    elif state != "no records":
        index.unlink()
    if state == "folder":
        index.mkdir()
    env = {"MENTORLOG_JOURNAL": str(world.root / "none")} if state == "no journal" else {}
    before = contents(world.root)

    replies = [replied(world, "zsh", f"mentorlog show {typed}", **env) for typed in ("t4", "abstr")]

    expected = "" if state == "no journal" else "t4m2x\tt4m2x  Revise" if state == "stale" else "t4m2x\tt4m2x  Draft"
    assert all(expected in one.out and not one.err for one in replies)
    assert contents(world.root) == before
    assert not (world.root / "none").exists()


@pytest.mark.slow
def test_a_large_journal_without_an_index_is_not_read_at_each_key(world: World, journal_root: Path) -> None:
    """The next command makes the index; until then nothing is offered at once."""
    digits = "23456789bcdfghjkmnpqrstvwxyz"
    write_tasks(journal_root, **{f"t{digits[n // 28]}{digits[n % 28]}22": f"Draft {n}" for n in range(501)})

    assert in_bash(world, "mentorlog show t") == []
    world.invoke("task", "list")
    assert len(in_bash(world, "mentorlog show t")) == 201


@pytest.mark.parametrize(
    ("typed", "words", "start", "quote"),
    [
        ("a b", ["a"], "b", ""),
        ("a b ", ["a", "b"], "", ""),
        ("a 'b c' d", ["a", "b c"], "d", ""),
        (r"a b\ c", ["a"], "b c", ""),
        ('a "b c', ["a"], "b c", '"'),
        ("a 'b\\", ["a"], "b\\", "'"),
        (r'a "\$b\c', ["a"], r"$b\c", '"'),
        ("a '' ", ["a", ""], "", ""),
        ("a \\", ["a"], "", ""),
        ("", [], "", ""),
    ],
)
def test_a_line_is_split_as_a_shell_does(typed: str, words: list[str], start: str, quote: str) -> None:
    """Quotes and backslashes are taken off, and the last word may be within quotes."""
    line = Line(typed)

    assert (line.words, line.start, line.quote) == (words, start, quote)


def test_completion_can_be_shown(world: World) -> None:
    """--show-completion prints the script of the shell it runs in."""
    ran = world.shell("exec 2>&1; mentorlog --show-completion; true")

    assert "_MENTORLOG_COMPLETE=bash" in ran[1]


@pytest.mark.parametrize(
    ("shell", "script"),
    [("fish", "complete -c mentorlog"), ("zsh", "#compdef mentorlog"), ("bash", "complete -o nosort")],
)
def test_completion_is_shown_for_the_shell_that_is_named(shell: str, script: str, world: World) -> None:
    """The word behind the option counts, not the shell that the program happens to run in."""
    ran = world.invoke("--show-completion", shell)

    assert ran.exit == 0
    assert script in ran.out
    assert world.invoke(f"--show-completion={shell}").out == ran.out


@pytest.mark.parametrize(
    ("shell", "files"),
    [
        ("bash", [".bash_completions/mentorlog.sh", ".bashrc"]),
        ("zsh", [".zfunc/_mentorlog", ".zshrc"]),
        ("fish", [".config/fish/completions/mentorlog.fish"]),
    ],
)
def test_completion_is_installed_for_the_shell_that_is_named(shell: str, files: list[str], world: World) -> None:
    """It lands in the home where that shell looks; a second time changes nothing, and what is there is kept."""
    for file in files[1:]:
        (world.home / file).write_bytes(b"alias \xff=x")

    ran = world.invoke("--install-completion", shell)
    written = [(world.home / file).read_bytes() for file in files]

    assert ran.exit == 0
    assert ran.out == f"Installed completion for {shell} in {world.home / files[0]}\nOpen a new shell to use it.\n"
    assert all(text.startswith(b"alias \xff=x\n") and text.count(b"\n") == 2 for text in written[1:])
    assert world.invoke("--json", "--install-completion", shell).data["shell"] == shell
    assert [(world.home / file).read_bytes() for file in files] == written


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_another_shell_is_refused(option: str, world: World) -> None:
    """What has no completion is told so, and nothing is printed or installed in its place."""
    ran = world.run(option, "tcsh")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err == ("error: Unknown shell 'tcsh'.\nhint: one of: bash, zsh, fish\n")
    assert list(world.home.rglob("*completion*")) == []
