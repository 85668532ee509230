"""`mentorlog config`, as it is typed, and what the settings change."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Run = Callable[..., Ran]
CANNOT = "cannot be read: it is not valid TOML: Expected '=' after a key in a key/value pair."


@pytest.fixture
def file(world: World) -> Path:
    """The file of the settings."""
    return world.home / ".config" / "mentorlog" / "config.toml"


@pytest.fixture
def write(file: Path, journal_root: Path) -> Callable[[str], None]:
    """Write the file of the settings by hand."""
    return lambda text: bool(file.write_text(text)) and None


def test_list_without_a_file(invoke: Run, world: World, file: Path) -> None:
    """Every setting has its default and says what it means; nothing is written, and no journal is needed."""
    lines = invoke("config", "list").out.splitlines()

    assert lines[:2] == ["drift_days: 42 (default)", "    Days without progress after which a goal is drifting"]
    assert len(lines) == 14
    assert all(line.endswith("(default)") for line in lines[::2])
    assert not file.exists()


def test_set_and_unset(invoke: Run, journal_root: Path, file: Path) -> None:
    """The value is read in words, the old one is said; the file is the user's alone."""
    assert invoke("config", "set", "drift-days", "8 weeks").out == "Set drift_days to 56 (was 42, the default)\n"
    assert invoke("config", "set", "drift_days", "28").out == "Set drift_days to 28 (was 56)\n"
    assert invoke("config", "set", "drift_days", "28").out == "drift_days is already set to 28; nothing changed.\n"
    assert invoke("config", "set", "week_start", "SUN").out == "Set week_start to sunday (was monday, the default)\n"
    assert invoke("config", "set", "zone", "Europe/Athens").out == "Set zone to Europe/Athens (was none, the default)\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().splitlines() == [
        "# Settings of mentorlog; see: mentorlog config list",
        "drift_days = 28",
        'week_start = "sunday"',
        'zone = "Europe/Athens"',
    ]
    assert invoke("config", "get", "drift_days").out == "28\n"
    assert invoke("config", "get", "audience").out == "\n"
    assert invoke("config", "unset", "drift_days").out == "Unset drift_days: the default is 42 (was 28)\n"
    assert invoke("config", "unset", "drift_days").out == "drift_days is not set; nothing changed.\n"
    assert "drift_days" not in file.read_text()


def test_scripts(invoke: Run, journal_root: Path) -> None:
    """Every verb has the same object of a setting."""
    row = {"key": "audience", "value": None, "is_set": False, "default": None}
    assert invoke("config", "get", "audience", "--json").data.items() >= row.items()
    changed = {**row, "value": "program", "is_set": True}
    assert invoke("config", "set", "audience", "program", "--json").data.items() >= changed.items()
    rows = invoke("config", "list", "--json").data
    assert [one["key"] for one in rows if one["is_set"]] == ["audience"]


BAD = [
    (("set", "colour", "red"), "Unknown setting 'colour'."),
    (("set", "drift_days", "0"), "'0' is not between 1 and 3660 days."),
    (("set", "drift_days", "soon"), "'soon' is not a length of time."),
    (("set", "within_days", "-1"), "Unknown option: -1."),
    (("set", "week_start", "Sonntag"), "Unknown week_start 'Sonntag'."),
    (("set", "zone", "Mars/Olympus"), "'Mars/Olympus' is not a time zone."),
    (("set", "zone", "../../etc/passwd"), "'../../etc/passwd' is not a time zone."),
    (("set", "audience", "everybody"), "No mentor matches 'everybody'."),
    (("set", "drift_days"), "Missing argument: VALUE."),
    (("get", "\x1b[2J"), "Unknown setting '\\x1b[2J'."),
]


def test_bad_words(invoke: Run, journal_root: Path, file: Path) -> None:
    """One sentence and a hint; nothing is written."""
    for words, said in BAD:
        ran = invoke("config", *words)
        assert ran.exit in (1, 2)
        assert f"error: {said}" in ran.err
        assert not file.exists()


def test_what_is_in_the_file_stays(invoke: Run, write: Callable[[str], None], file: Path) -> None:
    """Comments, order, line ends and keys of others are as before."""
    text = (
        "# mine\r\n  drift_days=  30 # six weeks is too long\r\n\r\n"
        'editor = "vi" # of another program\r\n[later] # of another version\r\ndrift_days = 1\r\n'
    )
    file.write_bytes(text.encode())
    invoke("config", "set", "drift_days", "40")
    assert file.read_bytes().decode() == text.replace("=  30 #", "= 40  #")
    invoke("config", "set", "zone", "UTC")
    assert 'zone = "UTC"\r\n[later]' in file.read_bytes().decode()
    invoke("config", "unset", "drift_days")
    invoke("config", "unset", "zone")
    assert file.read_bytes().decode() == text.replace("  drift_days=  30 #", "#")
    listed = invoke("config", "list").out.splitlines()
    assert listed[-4:] == [
        "editor: vi",
        "    Not a setting of this version of mentorlog",
        "later: …",
        "    Not a setting of this version of mentorlog",
    ]


def test_a_link_stays_a_link(invoke: Run, journal_root: Path, world: World, file: Path) -> None:
    """Who keeps settings elsewhere, such as in a repository, changes them there."""
    real = world.work / "dotfiles.toml"
    real.write_text("drift_days = 20\n")
    file.symlink_to(real)
    invoke("config", "set", "drift_days", "30")

    assert file.is_symlink()
    assert real.read_text() == "drift_days = 30\n"


def test_a_value_over_several_lines_is_not_broken(invoke: Run, write: Callable[[str], None], file: Path) -> None:
    """What cannot be changed in its line is left to an editor."""
    text = 'audience = """\nself"""\n'
    write(text)
    ran = invoke("config", "set", "audience", "program")

    assert ran.err.splitlines() == [
        f"error: audience in {file} is written over several lines.",
        "hint: change it there, in an editor",
    ]
    assert file.read_text() == text


def test_a_broken_file(invoke: Run, write: Callable[[str], None], file: Path) -> None:
    """Who only looks gets the defaults and one line; nothing of it is overwritten, and no export is for a guess."""
    write("drift_days 3\n")
    for words in (("status",), ("due",), ("goal", "list"), ("waiting",), ("task", "load")):
        ran = invoke(*words)
        assert (ran.exit, ran.err.splitlines()[0]) == (0, f"{file}, line 1 {CANNOT} The defaults are used.")
        assert ran.err.count("config.toml") == 1
    changes = [("set", "zone", "UTC"), ("unset", "zone"), ("list",), ("get", "zone")]
    for words in (*(("config", *one) for one in changes), ("export", "markdown"), ("export", "ics")):
        ran = invoke(*words)
        assert (ran.exit, ran.out) == (1, "")
        assert ran.err == (f"error: {file}, line 1 {CANNOT}\nhint: correct {file}, or delete it to use the defaults\n")
    assert invoke("export", "markdown", "--for", "program").exit == 0
    assert invoke("status", "--json").data["counts"] == {}
    assert file.read_text() == "drift_days 3\n"


# What they change


def test_days(invoke: Run, journal_root: Path) -> None:
    """A goal drifts, a review is due, `due` and `status` look and a wait is named as set; an option is stronger."""
    later = {"MENTORLOG_NOW": "2026-12-10"}  # 17 days on
    invoke("mentor", "scout", "Marie Curie")
    invoke("mentor", "invite", "curie")
    invoke("goal", "add", "Submit case report", "--by", "2027-01-04")
    invoke("task", "add", "Revise your CV", "--due", "2026-12-14")

    def drifting() -> list[bool]:
        rows = [invoke("goal", "list", "--json", env=later).data, invoke("status", "--json", env=later).data["goals"]]
        return [one["drifting"] for views in rows for one in views]

    def reasons(*words: str) -> list[str]:
        return [one["reason"] for one in invoke("due", "--json", *words, env=later).data]

    assert drifting() == [False, False]
    assert reasons() == ["waiting", "my_task"]
    invoke("config", "set", "drift_days", "2 weeks")
    invoke("config", "set", "within_days", "2")
    invoke("config", "set", "waiting_days", "3 weeks")
    invoke("config", "set", "review_days", "10")
    assert drifting() == [True, True]
    assert "drifting" in invoke("goal", "list", env=later).out
    assert reasons() == ["review"]
    assert reasons("--within", "5d") == ["review", "my_task"]
    assert invoke("review", "due", env=later).out.startswith(
        "The next review was due on Thu 3 Dec 2026 (7 days ago), 10 days"
    )
    shown = invoke("status", env=later).out
    assert "Revise your CV" not in shown
    assert "no progress since Mon 23 Nov" in shown
    assert 'next_on = ""  # 2026-12-20' in invoke("review", "--print-form", env=later).out
    invoke("config", "set", "drift_days", "3 weeks")
    assert "Nothing is due within 2 days" not in invoke("status", env=later).out  # the review is
    invoke("config", "unset", "review_days")
    assert "Nothing is due within 2 days, and no goal is drifting." in invoke("status", env=later).out
    invoke("config", "set", "within_days", "0")
    assert "Nothing is due today, and no goal is drifting." in invoke("status", env=later).out
    assert invoke("due", env=later).out == "Nothing is due today.\n"


def test_an_introduction_waits_as_long(invoke: Run, journal_root: Path) -> None:
    """It is named from as many days on, in `waiting`, `due` and `meeting prep`."""
    invoke("mentor", "add", "William Osler")
    introduced = ("note", "add", "Met her", "--kind", "introduction", "--to", "Marie Curie", "--with", "osler")
    invoke(*introduced, env={"MENTORLOG_NOW": "2026-11-17"})
    screens = [("waiting",), ("due",), ("meeting", "prep", "osler")]
    assert ["Marie Curie" in invoke(*words).out for words in screens] == [False, False, False]
    invoke("config", "set", "waiting_days", "5")
    assert ["Marie Curie" in invoke(*words).out for words in screens] == [True, True, True]


def test_the_first_day_of_the_week(invoke: Run, journal_root: Path) -> None:
    """Everywhere a week begins: words for days, in notes too, the load of work and a year at a glance."""
    invoke("config", "set", "week_start", "sunday")
    sunday = {"MENTORLOG_NOW": "2026-11-29T12:00:00+00:00"}
    invoke("mentor", "add", "William Osler", "--every", "4 weeks")

    def due(*words: str) -> str:
        return str(invoke("task", "add", "T", "--due", *words, "--json", env=sunday).data["due"])

    assert [due(words) for words in ("eow", "next friday", "end of next week", "mon of next week")] == [
        "2026-12-05",
        "2026-12-11",
        "2026-12-12",
        "2026-12-07",
    ]
    task = invoke("task", "add", "T", "--json").data["id"]
    assert invoke("set", task, "due=eow", "--json", env=sunday).data["due"] == "2026-12-05"
    logged = ("meeting", "log", "osler", "--notes", "- [ ] @me Draft due:eow", "--next", "next fri", "--json")
    meeting = invoke(*logged, env=sunday).data
    assert meeting["new_tasks"][0]["due"] == "2026-12-05"
    assert meeting["next_meeting"]["on"] == "2026-12-11"
    planned = invoke(
        "meeting", "plan", "osler", "--on", "next sat 9:00", "--notes", "- [ ] @me Read due:eow", "--json", env=sunday
    )
    assert (planned.data["on"], planned.data["new_tasks"][0]["due"]) == ("2026-12-12", "2026-12-12")
    edited = invoke("set", meeting["id"], "notes=- [ ] @me Write due:eow", "--json", env=sunday).data
    assert "Write" in edited["notes"]
    shown = invoke("task", "list", "--json", env=sunday).data
    assert {one["due"] for one in shown if one["title"] == "Write"} == {"2026-12-05"}
    load = invoke("task", "load", env=sunday)
    assert "by week (from Sunday)" in load.out
    assert invoke("task", "load", "--json", env=sunday).data["weeks"][0] == {
        "first": "2026-11-29",
        "last": "2026-12-05",
    }


def test_the_year_at_a_glance_begins_its_weeks_so(invoke: Run, journal_root: Path) -> None:
    """A Sunday is in the cell of the week that it begins."""
    invoke("goal", "add", "Submit case report")
    words = ("timeline", "--year", "--since", "2026-11-22", "--until", "2026-12-05")
    env = {"MENTORLOG_NOW": "2026-12-05"}
    by_monday = invoke(*words, env=env).out
    invoke("config", "set", "week_start", "sunday")

    assert by_monday != invoke(*words, env=env).out


def test_the_zone_of_calendars(invoke: Run, write: Callable[[str], None], file: Path) -> None:
    """Hours are in the zone that is set, without a remark; --zone is stronger, and a wrong one is refused."""
    invoke("mentor", "add", "William Osler")
    invoke("meeting", "plan", "osler", "--on", "fri 14:00")
    write('zone = "Europe/Athens"\n')
    ran = invoke("export", "ics")
    assert "DTSTART:20261127T120000Z" in ran.out
    assert ran.err == ""
    assert "DTSTART:20261127T050000Z" in invoke("export", "ics", "--zone", "Asia/Tokyo").out
    write('zone = "Mars/Olympus"\n')
    ran = invoke("export", "ics")
    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"error: zone in {file}: 'Mars/Olympus' is not a time zone.",
        "hint: set another, or use the default: mentorlog config unset zone",
    ]
    assert invoke("export", "ics", "--zone", "UTC").exit == 0


@pytest.fixture
def shared(invoke: Run, journal_root: Path) -> None:
    """A private note, a goal with a mentor, a goal of nobody and a goal for the program."""
    invoke("mentor", "add", "William Osler")
    invoke("note", "add", "PRIVATE")
    invoke("goal", "add", "WITH OSLER", "--with", "osler")
    invoke("goal", "add", "OPEN TO ALL")


def given(ran: Ran) -> set[str]:
    """Return which of the texts went out."""
    return {text for text in ("PRIVATE", "WITH OSLER", "OPEN TO ALL") if text in ran.out}


@pytest.mark.usefixtures("shared")
def test_the_audience_of_exports(invoke: Run, write: Callable[[str], None]) -> None:
    """It is as if --for had said it, and that is said; --for and --include-private are stronger."""
    plain = given(invoke("export", "markdown"))
    for word, called in (("self", "yourself"), ("program", "the program"), ("osler", "William Osler")):
        write(f'audience = "{word}"\n')
        ran = invoke("export", "markdown")
        assert given(ran) == given(invoke("export", "markdown", "--for", word))
        said = f"This is for {called} (audience in your settings; see: mentorlog config list)."
        assert ran.err.splitlines()[0] == said
        assert said not in invoke("export", "markdown", "--for", "program").err
        assert "PRIVATE" in given(invoke("export", "markdown", "--include-private"))
        for words in (("html",), ("csv", "notes"), ("ics",)):
            assert said in invoke("export", *words).err
    write('audience = "self"\n')
    for words in (("pack",), ("cv",)):  # they say for whom they are
        ran = invoke("export", *words)
        assert (ran.exit, "audience in your settings" in ran.err) == (0, False)
    write("")
    assert given(invoke("export", "markdown")) == plain == {"WITH OSLER", "OPEN TO ALL"}


@pytest.mark.usefixtures("shared")
def test_a_wrong_audience_is_nobody(invoke: Run, write: Callable[[str], None]) -> None:
    """An export refuses it, whatever it may have meant; a mentor is meant by the whole id alone."""
    exports = [("markdown",), ("markdown", "--preview"), ("html",), ("csv", "goals"), ("ics",)]
    wrong = ["3", '"osl"', '"Osler"', '"curie"', '"self,program"', '""', '"SELF"', '"self "']
    for value, words in (*((value, exports[0]) for value in wrong), *((wrong[0], words) for words in exports)):
        write(f"audience = {value}\n")
        ran = invoke("export", *words)
        assert (ran.exit, ran.out) == (1, ""), (value, words)
        assert ran.err.startswith("error: audience in ")
    assert given(invoke("export", "markdown", "--for", "osler")) == {"WITH OSLER"}


@pytest.mark.usefixtures("shared")
def test_a_misspelt_key_is_named_where_it_matters(invoke: Run, write: Callable[[str], None], file: Path) -> None:
    """An export that may be for somebody else than was meant says so; other commands do not."""
    write('audiance = "program"\n')

    assert f"Unknown setting in {file}: audiance\n" in invoke("export", "markdown").err
    assert invoke("status").err == ""


def test_a_journal_sets_nothing(invoke: Run, world: World, journal_root: Path) -> None:
    """What came with a folder, from whomever, starts no program and changes no setting."""
    goal = invoke("goal", "add", "Submit case report", "--json").data["id"]
    ran_by = world.work / "ran"
    program = world.work / "program.sh"
    program.write_text(f"#!/bin/sh\necho it >> {ran_by}\n")
    program.chmod(0o755)
    keys = ("editor", "visual", "pager", "shell", "passphrase_command", "mentorlog_editor", "git")
    lines = "".join(f'{key} = "{program}"\n' for key in keys)
    tables = f'[core]\neditor = "{program}"\npager = "{program}"\n[alias]\nstatus = "{program}"\n'
    before = invoke("config", "list").out
    for name in ("journal.toml", "profile.toml"):
        path = journal_root / name
        path.write_text((path.read_text() if path.exists() else "") + lines + tables)
    settings = 'drift_days = 1\naudience = "self"\n' + lines + tables
    for path in ("config.toml", ".mentorlog/config.toml", ".mentorlogrc", "mentorlog.toml", ".env"):
        (journal_root / path).write_text(settings)
    chosen = world.work / "chosen.sh"
    chosen.write_text('#!/bin/sh\nsed -i "s/Submit/Send/" "$1"\n')
    chosen.chmod(0o755)

    assert invoke("edit", goal, env={"EDITOR": str(chosen)}, cwd=journal_root).exit == 0
    assert invoke("edit", goal, env={"EDITOR": None, "PATH": str(world.work)}, cwd=journal_root).exit != 70
    for words in (("status",), ("show", goal), ("history",), ("backup", "make", str(world.work / "b.tar")), ("help",)):
        assert invoke(*words, cwd=journal_root).exit == 0, words
    assert invoke("config", "list", cwd=journal_root).out == before
    assert "audience in your settings" not in invoke("export", "markdown", cwd=journal_root).err
    assert "Send case report" in invoke("goal", "list").out
    assert not ran_by.exists()


def test_the_zone_of_imports(invoke: Run, journal_root: Path) -> None:
    """An hour of a foreign file is on the day of the zone that is set; --zone is stronger."""
    task = '[{"uuid": "1", "description": "%s", "status": "pending", "due": "20261205T220000Z"}]'

    def due(title: str, *words: str) -> str:
        ran = invoke("import", "taskwarrior", "-", *words, stdin=(task % title).replace('"1"', f'"{title}"'))
        assert ran.exit == 0, ran
        return str(next(one["due"] for one in invoke("task", "list", "--json").data if one["title"] == title))

    assert due("Read", "--zone", "UTC") == "2026-12-05"
    invoke("config", "set", "zone", "Europe/Athens")
    assert due("Write") == "2026-12-06"
    assert due("Send", "--zone", "UTC") == "2026-12-05"


def test_the_tour_has_the_defaults(invoke: Run, journal_root: Path) -> None:
    """Its sample journal is made for them."""

    def shown() -> str:
        return re.sub(r"\b[gtmnr][2-9b-z]{4}\b|tour-\w+", "ID", invoke("tour").out)

    before = shown()
    for key, value in (("drift_days", "1"), ("within_days", "0"), ("waiting_days", "1"), ("week_start", "sunday")):
        invoke("config", "set", key, value)

    assert shown() == before
