"""The program from outside: options anywhere, help, answers to strange words, the clock, and every way to fail."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog import __version__
from mentorlog.app import App
from mentorlog.cli import suggestions, table
from mentorlog.errors import NeedsDoctor
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]


# Help


@pytest.mark.parametrize("spelling", ["-h", "--help"])
def test_help_names_every_command(spelling: str, world: World) -> None:
    """The help of the program holds every command with its line, from the table alone."""
    ran = world.invoke(spelling)

    assert (ran.exit, ran.err) == (0, "")
    for name, (panel, line) in table.COMMANDS.items():
        assert f"\n{panel}:\n" in ran.out
        assert f"  {name} " in ran.out
        assert " ".join(line.split()) in " ".join(ran.out.split())


def test_help_on_a_pipe_needs_no_rich(world: World) -> None:
    """Nothing of rich is imported where nothing is coloured, and no module of a command that is not called."""
    code = (
        "import sys; from mentorlog.cli.main import main; main(['--help']); main(['init', '--help'])\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'rich'])\n"
        "print(sorted(name for name in sys.modules if name.startswith('mentorlog.commands.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.stdout.endswith("[]\n['mentorlog.commands.init', 'mentorlog.commands.options']\n"), done.stderr


def test_help_shows_examples_on_their_own_line(world: World) -> None:
    """An example can be copied from the help."""
    ran = world.invoke("init", "--help")

    assert '\n  Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident\n' in ran.out
    assert ran.out.index("\nOptions:\n") < ran.out.index("\nGlobal options:\n")
    assert "Usage: mentorlog init [OPTIONS] [PATH]\n" in ran.out


def test_help_on_a_terminal_has_panels(terminal: Callable[..., Terminal]) -> None:
    """On a terminal rich lays the help out."""
    shown = terminal("init", "--help")

    assert shown.end() == 0
    assert "╭─ Global options" in shown.text
    assert "Example: mentorlog init" in shown.text


def test_a_noun_alone_shows_its_help(world: World) -> None:
    """A group that is called without a command shows what it has, without building any of it."""
    ran = world.invoke("goal")

    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.startswith("Usage: mentorlog goal [OPTIONS] COMMAND ...")
    assert ran.out == world.invoke("goal", "--help").out


def test_version_is_told(world: World) -> None:
    """--version alone needs no parser; with other options it is the same."""
    assert world.invoke("--version").out == f"mentorlog {__version__}\n"
    assert world.invoke("--plain", "--version").out == f"mentorlog {__version__}\n"
    assert world.invoke("--json", "--version").data == {"version": __version__}


# Global options


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--journal", "{}", "paths"],
        ["--json", "paths", "--journal", "{}"],
        ["paths", "--journal={}", "--json"],
        ["--journal", "elsewhere", "paths", "--json", "--journal", "{}"],
    ],
)
def test_global_options_stand_anywhere(words: list[str], world: World) -> None:
    """--journal and --json work before and after the command; the later one counts."""
    ran = world.invoke(*[word.format(world.root / "named") for word in words])

    assert ran.data["journal"] == str(world.root / "named")
    assert ran.data["named_by"] == "--journal"


def test_global_options_stand_between_noun_and_verb(run: Run) -> None:
    """`goal --json list` is `goal list --json`."""
    assert run("goal", "--json", "list") == run("goal", "list", "--json")


def test_global_options_steal_no_value(world: World) -> None:
    """A word that another option takes is its value, whatever it looks like."""
    world.found("--name", "--json", "--stage", "--debug")

    assert 'name = "--json"' in (world.journal / "profile.toml").read_text()


def test_a_bare_mentorlog_needs_no_parser(world: World, journal_root: Path) -> None:
    """What has no arguments does not import typer, and shows what status shows."""
    code = "import sys; from mentorlog.cli.main import main; main([]); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.stdout.endswith("False\n")
    assert done.stdout.removesuffix("False\n") == world.invoke("status").out == world.invoke("--plain").out


# Words of other tools


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
        ("help goal tell", "goal tell --help"),
        ("stats", "status"),
        ("Goals", "goal list"),
        ("note search consent", "search --in note consent"),
    ],
)
def test_a_likely_word_is_answered(typed: str, answer: str) -> None:
    """A word of another tool is answered with the whole command to type here."""
    import shlex

    words = shlex.split(typed)
    noun = words[0] if words[0] in table.VERBS else None
    known = list(table.COMMANDS) if noun is None else ["add", "list", "tell"]

    assert suggestions.instead(words[1:] if noun else words, noun, known) == answer


def test_the_answer_is_safe_to_paste(world: World) -> None:
    """What was typed comes back quoted for a shell, with the journal that was named; exit status 2."""
    ran = world.invoke("--journal", "/my journal", "prep", "$(id); x\x1b[2J'")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(
        "error: There is no command 'prep'.\nhint: mentorlog --journal '/my journal' meeting prep '"
    )
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (["gaol", "list"], "There is no command 'gaol'.", "mentorlog goal list"),
        (["xyzzy"], "There is no command 'xyzzy'.", "see: mentorlog --help"),
        (["goal", "lst"], "There is no command 'goal lst'.", "mentorlog goal list"),
        (["goal", "xyzzy"], "There is no command 'goal xyzzy'.", "see: mentorlog goal --help"),
        (["init", "--nmae", "x"], "No such option: --nmae.", "did you mean --name? see: mentorlog init --help"),
        (["init", "--xyzzy"], "No such option: --xyzzy.", "see: mentorlog init --help"),
        (["show"], "ID is missing.", "write: mentorlog show [OPTIONS] ID"),
        (
            ["init", "my", "new journal"],
            "Too many words: new journal.",
            "put quotes around words that belong together; see: mentorlog init --help",
        ),
        (["init", "--name"], "Option '--name' requires an argument.", "see: mentorlog init --help"),
        (["goal", "--json"], "Missing command.", "see: mentorlog goal --help"),
        (["undo", "zero"], "N is a whole number, 1 or more.", "see: mentorlog undo --help"),
        (["--journal", "", "status"], "The path of the journal is empty.", "name a folder"),
    ],
)
def test_wrong_words_are_told(words: list[str], error: str, hint: str, world: World) -> None:
    """What typer rejects is one sentence and one hint of ours, exit status 2, and nothing on stdout."""
    ran = world.invoke("--json", *words)

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {error}")
    assert f"\nhint: {hint}" in ran.err
    assert ran.err.count("\n") == 2


# A group that also runs by itself


@pytest.mark.parametrize("words", [["--print-form"], ["--json", "--print-form"], ["list"], ["--json", "list"]])
def test_a_group_may_run_alone(words: list[str], world: World, journal_root: Path) -> None:
    """`review` runs by itself or through its verbs, never both."""
    world.invoke("goal", "add", "Aim")

    ran = world.invoke("review", *words)

    assert (ran.exit, ran.err) == (0, "")
    assert ("verdict" in ran.out) == ("--print-form" in words)


def test_a_group_mixes_no_options(world: World, journal_root: Path) -> None:
    """An option of the group itself before one of its verbs is a mistake, and nothing runs."""
    ran = world.invoke("review", "--quick", "list")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: --quick and list do not go together.\n")


# The clock


@pytest.mark.parametrize(
    "said", ["2027-02-03", "2027-02-03T09:00:00+01:00", "2027-02-03T09:00", "2027-02-03T23:30:00Z"]
)
def test_the_clock_can_be_set(said: str, world: World, journal_root: Path) -> None:
    """MENTORLOG_NOW is a date or an instant, and today is the date as it is written."""
    assert world.invoke("status", "--json", env={"MENTORLOG_NOW": said}).data["today"] == "2027-02-03"


@pytest.mark.parametrize(
    "said", ["yesterday", "2027-02-30", "03/02/2027", "0001-01-01", "9999-12-31T23:59:59-23:59", "x" * 999]
)
def test_a_clock_that_is_none_is_told(said: str, world: World, journal_root: Path) -> None:
    """A MENTORLOG_NOW that cannot be read is an error, never today."""
    ran = world.invoke("paths", env={"MENTORLOG_NOW": said})

    assert (ran.exit, ran.out) == (1, "")
    assert "MENTORLOG_NOW is neither a date nor an instant" in ran.err


def test_the_clock_is_right_without_it(world: World, journal_root: Path) -> None:
    """Without MENTORLOG_NOW it is now."""
    ran = world.invoke("status", "--json", env={"MENTORLOG_NOW": None})

    assert ran.data["today"] in (time.strftime("%Y-%m-%d"), ran.data["today"])


# Failures


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the status screen fail in a given way."""

    def with_(failure: BaseException) -> None:
        def show_status(app: App) -> None:
            raise failure

        monkeypatch.setattr("mentorlog.flows.show_status.show_status", show_status)

    return with_


def test_a_bug_is_told_without_a_word_of_the_user(fail: Callable[..., None], world: World) -> None:
    """An unexpected failure is one sentence, exit status 70, and a private file with places in the code only."""
    fail(KeyError("canary"))

    ran = world.invoke(env={"MENTORLOG_DEBUG": None})

    assert (ran.exit, ran.out) == (70, "")
    assert ran.err.startswith("error: This is a bug in mentorlog (KeyError).")
    (path,) = (world.home / ".local/state/mentorlog").glob("crash-*.txt")
    assert str(path) in ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert "builtins.KeyError" in text
    assert "cli/main.py:" in text
    assert "canary" not in text + ran.err


def test_a_bug_without_a_home_is_told(fail: Callable[..., None], world: World) -> None:
    """Where nothing can be written down the sentence stands alone."""
    fail(KeyError("canary"))
    ran = world.invoke(env={"HOME": None, "XDG_STATE_HOME": None})

    assert ran.exit == 70
    assert "Nothing could be written down about it" in ran.err


@pytest.mark.parametrize("how", ["option", "environment"])
def test_debug_shows_the_traceback(how: str, fail: Callable[..., None], world: World) -> None:
    """--debug or MENTORLOG_DEBUG prints the traceback instead."""
    fail(KeyError("canary"))
    ran = world.invoke("--debug") if how == "option" else world.invoke(env={"MENTORLOG_DEBUG": "1"})

    assert ran.exit == 70
    assert "Traceback (most recent call last):" in ran.err
    assert "KeyError: 'canary'" in ran.err
    assert not (world.home / ".local/state/mentorlog").exists()


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [
        (OSError(28, "No space left on device", "/x/y"), 5, "error: The disk refused /x/y: no space left on device."),
        (PermissionError(13, "Permission denied"), 5, "error: The disk refused: permission denied."),
        (KeyboardInterrupt(), 130, "error: Interrupted.\nhint: see what is saved with: mentorlog history\n"),
        (
            NeedsDoctor("A record is broken."),
            3,
            "error: A record is broken.\nhint: see what is wrong with: mentorlog doctor",
        ),
        (RecursionError(), 70, "error: This is a bug in mentorlog (RecursionError)."),
        (BrokenPipeError(32, "Broken pipe"), 0, ""),
    ],
)
@pytest.mark.parametrize("words_before", [[], ["--plain"]])
def test_every_failure_has_its_status(
    words_before: list[str],
    failure: BaseException,
    status: int,
    words: str,
    fail: Callable[..., None],
    world: World,
) -> None:
    """One boundary: a sentence, a hint, the exit status of DESIGN; with and without the parser."""
    fail(failure)
    ran = world.invoke(*words_before)

    assert (ran.exit, ran.out) == (status, "")
    assert ran.err.startswith(words)
    assert "Traceback" not in ran.err


def test_a_closed_pipe_is_quiet(world: World) -> None:
    """Nobody reads the end of the help: no word about it, status 0."""
    for words in ("--help", "paths", "paths --json"):
        status, said = world.shell(f"set -o pipefail; mentorlog {words} | head -c 1 >/dev/null")
        assert (status, said) == (0, "")
    status, said = world.shell("set -o pipefail; mentorlog paths | true")
    assert (status, said) == (0, "")


def test_closed_outputs_are_quiet(world: World) -> None:
    """Outputs that are closed from the start swallow what is said."""
    assert world.shell("mentorlog paths >&-") == (0, "")
    assert world.shell("mentorlog xyzzy 2>&-") == (2, "")


def test_a_full_output_is_told(world: World) -> None:
    """An output that cannot take the result is no success."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    status, said = world.shell("mentorlog paths > /dev/full")

    assert status == 5
    assert "no space left" in said


def test_ctrl_c_is_one_line(world: World, journal_root: Path) -> None:
    """An interrupt while mentorlog works ends it with status 130 and without a traceback."""
    code = (
        "import os, signal, sys; from mentorlog.cli import main; from mentorlog.flows import show_status\n"
        "show_status.show_status = lambda app: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.returncode == 130
    assert done.stderr.count("\n") == 2
    assert "Interrupted." in done.stderr


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_any_locale_speaks_utf8(variables: dict[str, str], world: World) -> None:
    """What is printed is UTF-8 whatever the locale says; bytes that are no text are escaped."""
    ran = world.run("--journal", "/Röntgen", "paths", env=variables)
    assert "/Röntgen" in ran.out

    strange = world.run("--journal", os.fsdecode(b"/x\xff"), "paths", env=variables)
    assert (strange.exit, "\\udcff" in strange.out) == (0, True)


def test_files_are_private(world: World) -> None:
    """Whatever the umask was, nobody else reads what is written."""
    done = world.shell(f"umask 000; mentorlog init {world.root}/mine --name Curie --no-input >/dev/null 2>&1")

    assert done[0] == 0
    for path in [world.root / "mine", *(world.root / "mine").rglob("*"), *(world.home / ".config").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


# The shell's completion


def completed(world: World, shell: str, line: str, **more: str) -> Ran:
    """What the shell is told for a line that ends at the cursor."""
    words = line.split(" ")
    variables = {
        "_MENTORLOG_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return world.run(env={**variables, **more})


def test_commands_are_completed(world: World) -> None:
    """bash gets words; zsh and fish get them with their line of help."""
    assert completed(world, "bash", "mentorlog hi").out == "history\n"
    assert completed(world, "fish", "mentorlog hi").out.startswith("history\tShow what was changed")
    assert '"history":"Show what was changed' in completed(world, "zsh", "mentorlog hi").out
    assert "--journal" in completed(world, "bash", "mentorlog paths --").out.split()


def test_ids_are_completed(world: World, journal_root: Path) -> None:
    """Ids come first, titles are their help; a title acts on no shell."""
    (journal_root / "goals").mkdir(exist_ok=True)
    for id, title in (("g7k3q", "Submit [case] report"), ("g7k9z", "$(touch pwned) `x` \\\" ; '")):
        (journal_root / "goals" / f"{id}.toml").write_text(
            f"id = '{id}'\ntitle = {json.dumps(title)}\nstatus = 'active'\ncreated = 2026-11-20T09:00:00+00:00\n"
        )

    assert sorted(completed(world, "bash", "mentorlog show g7").out.split()) == ["g7k3q", "g7k9z"]
    assert "g7k3q\tSubmit [case] report\n" in completed(world, "fish", "mentorlog show g7k3").out
    zsh = completed(world, "zsh", "mentorlog show g7k9").out
    assert not set("$`\\") & set(zsh)


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        *[
            ("bash", "mentorlog xyzzy "),
            ("zsh", "mentorlog show "),
            ("fish", "mentorlog 'open quote "),
            ("rubbish", "mentorlog "),
        ],
        *(
            pytest.param(shell, line, marks=pytest.mark.slow)
            for shell in ("bash", "zsh", "fish", "rubbish")
            for line in ("mentorlog ", "mentorlog xyzzy ", "mentorlog show ", "mentorlog 'open quote ")
        ),
    ],
)
def test_completion_never_complains(shell: str, line: str, world: World) -> None:
    """No journal, an unknown word, a shell nobody knows: nothing on stderr."""
    ran = completed(world, shell, line, MENTORLOG_JOURNAL="/nowhere", MENTORLOG_NOW="rubbish")

    assert ran.err == ""


def test_completion_can_be_shown(world: World) -> None:
    """--show-completion prints the script of the shell it runs in."""
    ran = world.shell("exec 2>&1; mentorlog --show-completion; true")

    assert "_MENTORLOG_COMPLETE=complete_bash" in ran[1]


def test_the_module_is_the_program(world: World) -> None:
    """`python -m mentorlog` is mentorlog, by name too."""
    assert world.run("--help").out.startswith("Usage: mentorlog [OPTIONS] COMMAND ...\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["undo", "-n", "3"], "see: mentorlog undo --help"),
        (["task", "wait", "t4m2x", "-m", "x"], "see: mentorlog task wait --help"),
        (["goal", "add", "-x"], "put -- before a text that begins with -: mentorlog goal add … -- TEXT"),
        (["task", "list", "--late"], "see: mentorlog task list --help"),
    ],
)
def test_an_option_that_is_not_there(world: World, journal_root: Path, words: list[str], hint: str) -> None:
    """In our words; a text is only thought of where the command takes one."""
    ran = world.invoke(*words)

    assert ran.exit == 2
    assert ran.err.splitlines()[0] in (f"error: No such option: {word}." for word in words)
    assert ran.err.splitlines()[1] == f"hint: {hint}"
