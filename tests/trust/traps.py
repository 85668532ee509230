"""The known traps: files that are no records, or hardly, each by the name of what is wrong with it."""

from __future__ import annotations

TRAPPED = "goals/g3xyz-trap.toml"
"""Where a trap is laid, among good records."""

GOOD = b'id = "g3xyz"\ntitle = "Trap"\ncreated = 2026-09-01T09:00:00+00:00\n'
MIB = 1024 * 1024


def _goal(more: bytes) -> bytes:
    """A goal that is good but for what follows."""
    return GOOD + more + b"\n"


def _titled(title: bytes) -> bytes:
    return GOOD.replace(b'"Trap"', title)


def _full(unit: bytes, size: int = MIB - 4096) -> bytes:
    return unit * (size // len(unit))


_DOTTED = b".".join([b"a"] * 20_000)
_QUOTED = b".".join([b'"a"'] * 10_000)

TRAPS: dict[str, bytes] = {
    # bytes
    "empty": b"",
    "one NUL": b"\0",
    "1 MiB of NUL": _full(b"\0"),
    "1 MiB of 0xff": _full(b"\xff"),
    "more than the limit": _goal(b"# " + b"x" * 2 * MIB),
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": b"\xff\xfe" + GOOD.decode().encode("utf-16-le"),
    "Latin-1": _titled(b'"R\xf6ntgen"'),
    "overlong UTF-8": _titled(b'"\xc0\xaf"'),
    "UTF-8 of a surrogate": _titled(b'"\xed\xa0\x80"'),
    "cut within a letter": GOOD + b'why = "R\xc3',
    "CR LF": GOOD.replace(b"\n", b"\r\n"),
    "CR alone": GOOD.replace(b"\n", b"\r"),
    "control characters": _titled(b'"\x01\x02"'),
    "line separator in a title": _titled(b'"a\\u2028b"'),
    "two lines in a title": _titled(b'"a\\nb"'),
    "NUL escaped": _titled(b'"a\\u0000b"'),
    "surrogate escaped": _titled(b'"\\ud800"'),
    "beyond Unicode": _titled(b'"\\U00110000"'),
    "blank title": _titled(b'" "'),
    # numbers and dates
    "5,000 digits": _goal(b"x = " + b"9" * 5_000),
    "4,300 digits": _goal(b"x = " + b"9" * 4_300),
    "5,000 hexadecimal digits": _goal(b"x = 0x" + b"F" * 5_000),
    "1 MiB of one hexadecimal number": _goal(b"x = 0x" + _full(b"F")),
    "20,000 binary digits": _goal(b"x = 0b" + b"1" * 20_000),
    "20,000 octal digits": _goal(b"x = 0o" + b"7" * 20_000),
    "hexadecimal in a known field": _goal(b"progress = [{on = 2026-09-01, percent = 0x" + b"F" * 5_000 + b"}]"),
    "a float of 100,000 digits": _goal(b"x = 1." + b"1" * 100_000),
    "infinite, and no number": _goal(b"x = inf\ny = nan\nz = -0.0\nw = 1e400"),
    "a day that is none": _goal(b"by = 2026-02-30"),
    "a number for a day": _goal(b"by = 0"),
    "the year 0": _goal(b"by = 0000-01-01"),
    "the year 9999": _goal(b"by = 9999-12-31"),
    "created without an offset": GOOD.replace(b"+00:00", b""),
    "created at the edge of time": GOOD.replace(b"2026-09-01T09:00:00+00:00", b"0001-01-01T00:00:00+23:59"),
    # nesting and keys
    "lists nested 150 deep": _goal(b"x = " + b"[" * 150 + b"]" * 150),
    "lists nested 300 deep": _goal(b"x = " + b"[" * 300 + b"]" * 300),
    "lists nested 400 deep": _goal(b"x = " + b"[" * 400 + b"]" * 400),
    "4 KB of [": b"x = " + b"[" * 4_096,
    "1 MiB of [": b"x = " + _full(b"["),
    "tables nested 60 deep": _goal(b"x = " + b"{a=" * 60 + b"1" + b"}" * 60),
    "tables nested 150 deep": _goal(b"x = " + b"{a=" * 150 + b"1" + b"}" * 150),
    "tables nested 250 deep": _goal(b"x = " + b"{a=" * 250 + b"1" + b"}" * 250),
    "tables nested 5,000 deep": _goal(b"x = " + b"{a=" * 5_000 + b"1" + b"}" * 5_000),
    "lists of tables nested": _goal(b"x = " + b"[{a=" * 100 + b"1" + b"}]" * 100),
    "known tables nested": _goal(b"progress = " + b"[" * 200 + b"]" * 200),
    "a key of 40 KB": _goal(b"a" * 40_000 + b" = 1"),
    "a dotted key of 40 KB": _goal(_DOTTED + b" = 1"),
    "a quoted dotted key of 40 KB": _goal(_QUOTED + b" = 1"),
    "a dotted key of 40 KB in a table in a line": _goal(b"x = {" + _DOTTED + b" = 1}"),
    "a dotted key of 40 KB behind a quoted one": _goal(b'x."b".' + _DOTTED + b" = 1"),
    "a dotted key of 40 KB within a text": _goal(b'why = """\n' + _DOTTED + b'\n"""'),
    "a dotted header of 40 KB": _goal(b"[" + _DOTTED + b"]\nx = 1"),
    "a quoted dotted header of 40 KB": _goal(b"[" + _QUOTED + b"]\nx = 1"),
    "a dotted key of 60": _goal(b".".join([b"a"] * 60) + b" = 1"),
    "dotted keys of 60 within each other": _goal(
        b"x = {" + b".".join([b"a"] * 60) + b" = {" + b".".join([b"a"] * 60) + b" = 1}}"
    ),
    "20,000 headers": _goal(b"".join(b"[a%d]\n" % i for i in range(20_000))),
    "5,000 headers of 60 keys": _goal(b"".join(b"[%s.b%d]\n" % (b".".join([b"a"] * 60), i) for i in range(5_000))),
    "1 MiB of [[a]]": _goal(_full(b"[[a]]\n")),
    "1 MiB of [[a.b]]": _goal(b"[[a]]\n" + _full(b"[[a.b]]\n")),
    "40 KB of brackets within a text, and a fault": _titled(b"3") + b'measure = """\n' + b"[" * 40_000 + b'"""\n',
    "1 MiB of brackets within a text, and a fault": _titled(b"3") + b'measure = """\n' + _full(b"[") + b'"""\n',
    "200 KB of spaces": _goal(b" " * 200_000),
    "1 MiB of spaces": _goal(_full(b" ")),
    "1 MiB of empty lines": _goal(_full(b"\n")),
    "1 MiB of words, in lines": _goal(b'why = """\n' + _full(b"word-word word_word a.b.c \n") + b'"""'),
    # much
    "1 MiB in one text": _goal(b'why = "' + _full(b"a") + b'"'),
    "1 MiB of quotes in a text": _goal(b'why = """\n' + _full(b'"" ') + b'"""'),
    "1 MiB of escapes": _goal(b'why = "' + _full(b"\\n") + b'"'),
    "1 MiB of keys": _goal(b"".join(b"k%d = 1\n" % i for i in range(70_000))),
    "1 MiB of numbers": _goal(b"x = [" + _full(b"1,") + b"]"),
    "1 MiB of empty lists": _goal(b"x = [" + _full(b"[],") + b"]"),
    "1 MiB of empty tables": _goal(b"x = [" + _full(b"{},") + b"]"),
    "1 MiB of tags": _goal(b"tags = [" + _full(b'"a",') + b"]"),
    "1 MiB of progress": _goal(_full(b"[[progress]]\non = 2026-09-01\n")),
    "1 MiB of days": _goal(b"x = [" + _full(b"2026-09-01,") + b"]"),
    "1 MiB of comments": _goal(_full(b"# a\n")),
    "1 MiB of conflict marks": _goal(_full(b"=======\n")),
    # what it says
    "another id": GOOD.replace(b"g3xyz", b"g4xyz"),
    "an id that leads elsewhere": GOOD.replace(b"g3xyz", b"../../x"),
    "an id with NUL": GOOD.replace(b'"g3xyz"', b'"g3xyz\\u0000"'),
    "no id": GOOD.partition(b"\n")[2],
    "a list for an id": GOOD.replace(b'"g3xyz"', b'["g3xyz"]'),
    "a table for a title": _titled(b"{a = 1}"),
    "a merge that is not finished": b"<<<<<<< ours\n" + GOOD + b"=======\n" + GOOD + b">>>>>>> theirs\n",
    "a key twice": GOOD + GOOD,
    "a key that the program uses itself": _goal(b'record = "task"\nprefix = 3\nextra = {extra = 1}\nversion = 9'),
    "unknown keys of every type": _goal(
        b'a = 1\n"" = 2\n"a b" = 07:32:00\n"\\u0000" = 1979-05-27T07:32:00\n[c]\n"d.e" = [[1, "x"], [{f = []}]]'
    ),
    "a status that is none": _goal(b'status = "done"'),
    "a key that is part of another": _goal(b"by.day = 3"),
    "JSON": b'{"id": "g3xyz", "title": "Trap"}',
    "YAML": b"---\nid: g3xyz\ntitle: Trap\n",
    "a shell script": b"#!/bin/sh\nrm -rf ~\n",
}
