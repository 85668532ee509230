"""Forty Markdown notes as people keep them, with what else lies in such a folder; historical people only."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

MINUTES = Path(__file__).parent / "data" / "minutes"

_OSLER = 'with: "[[William Osler]]"'
_ACTIONS = "\n".join(
    [
        "# Case report",
        "",
        "- [ ] @me Draft the abstract (due:2026-12-04)",
        "- [ ] @me Send the films **due:2026-12-11**",
        "- [ ] @me Ask the editor due:25 jun",
        '- [ ] @osler Name a reader due:"in 2 weeks"',
        "- [] @me Check the references",
        "> - [ ] @osler Quoted",
        "- [ ] email Wei",
        "- [✓] @me Bring the protocol",
        "-\u00a0[ ]\u00a0@me No-break spaces",
        "",
    ]
)

NOTES: dict[str, str | bytes] = {
    # The day: from front matter, the name or the heading.
    "Osler/2026-03-02 Case report.md": f"---\ntitle: Case report\n{_OSLER}\ntags: [writing, '#case']\n---\n{_ACTIONS}",
    "Osler/2026-03-09.md": f"---\n{_OSLER}\n---\nShort.\n",
    "Osler/2026-03-09 afternoon.md": f"---\n{_OSLER}\n---\nAgain on the same day.\n",
    "Osler/late.md": f"---\ndate: 2026-03-16 14:30\n{_OSLER}\n---\nThe time is in the front matter.\n",
    "Osler/2026-01-01 written later.md": f"---\ndate: 2026-03-17\n{_OSLER}\n---\nFront matter before the name.\n",
    "Osler/20260318.md": f"---\n{_OSLER}\n---\nDigits alone.\n",
    "Osler/2026_03_19_rounds.md": f"---\n{_OSLER}\n---\nUnderscores.\n",
    "Osler/Rounds.md": f"---\n{_OSLER}\n---\nSome words.\n\n# Monday, 23 March 2026\n\nThe heading has the day.\n",
    "Osler/zone.md": f"---\ndate: 2026-03-24T23:30:00+02:00\n{_OSLER}\n---\nA time with its zone.\n",
    "Osler/hugo.md": '+++\ntitle = "In TOML"\ndate = 2026-03-25T09:00:00\nwith = ["William Osler"]\n+++\nText.\n',
    "Osler/2027-01-11 next.md": f"---\n{_OSLER}\n---\nTo prepare: the second draft.\n",
    # The people.
    "2026-04-01 link.md": "---\nwith: [[William Osler]]\n---\nA link without quotes.\n",
    "2026-04-02 several.md": "---\nattendees:\n  - Osler, William\n  - Prof. Marie Curie\n  - Rudolf Virchow\n  - me\n"
    "---\nText.\n",
    "2026-04-03 field.md": "with:: [[people/Curie|Marie Curie]], [[Rudolf Virchow]]\n\nA field of Dataview.\n",
    "2026-04-06 heading.md": "# [[Marie Curie]] on radium\n\nShe had read it.\n",
    "2026-04-07 address.md": "---\nmembers: osler@example.org; Virchow <virchow@example.org>\n---\nText.\n",
    # The text.
    "text/2026-05-01 windows.md": f"---\r\n{_OSLER}\r\n---\r\nLines end\r\nwith CR LF.\r\n",
    "text/2026-05-04 mark.md": b"\xef\xbb\xbf---\nwith: Osler\n---\nAfter a byte order mark.\n",
    "text/2026-05-05 rule.md": f"---\n{_OSLER}\n---\n---\nA quotation\n---\n\n| a | b |\n|---|---|\n| 1 | \\| |\n",
    "text/2026-05-06 emoji.md": f"---\n{_OSLER}\n---\n👨‍⚕️ said: می‌خواهم, क्‍ष, co\u00adoperation, e\u0301 🩺\n",
    "text/2026-05-07 hostile.md": f"---\n{_OSLER}\ntitle: '[/b] =1+1 \"x\" \\ é 日本 🩺'\n---\n"
    "\x1b[31mred\u202egnp.exe\u2066 <script>\n",
    "text/2026-05-08 footnote.md": f"---\n{_OSLER}\n---\nOne[^1] [book]\n\n[^1]: The first.\n[book]: https://example.org/a\n",
    "text/2026-05-11 footnote.md": f"---\n{_OSLER}\n---\nTwo[^1] [book]\n\n[^1]: The second.\n[book]: https://example.org/b\n",
    "text/2026-05-12 日本.md": f"---\n{_OSLER}\n---\n症例報告の草稿を読んだ。\n",
    unicodedata.normalize("NFD", "text/2026-05-13 Röntgen.md"): f"---\n{_OSLER}\n---\nHis name: Ro\u0308ntgen\n",
    "text/2026-05-14\nline\t.md": f"---\n{_OSLER}\n---\nA name with a line break.\n",
    "text/2026-05-15 long.md": f"---\n{_OSLER}\n---\n" + "A long text, of many lines.\n" * 8_000,
    "text/2026-05-18 only.md": f"---\n{_OSLER}\naliases:\nmood: 3\nversion: 1.10\nhours: [9:30, no]\n---\n",
    "text/2026-05-19 blanks.md": f"---\n{_OSLER}\n---\n\n\n  Blanks before and behind. \t\n\n\n",
}  # fmt: skip
"""29 notes; with the minutes of tests/data, forty."""

NO_NOTES: dict[str, str | bytes] = {
    "empty.md": "",
    "2026-06-01 nobody.md": "A walk alone.\n",
    "Osler/2026-03-09 (conflicted copy 2026-03-10).md": f"---\n{_OSLER}\n---\nShorter.\n",
    "Osler/2026-03-09.sync-conflict-20260310-101112-ABCDEFG.md": f"---\n{_OSLER}\n---\nShort\n",
    "Osler/2026-03-09 (1).md": f"---\n{_OSLER}\n---\nShort.\n",
    ".obsidian/2026-06-02.md": f"---\n{_OSLER}\n---\nA template.\n",
    ".trash/2026-06-03.md": f"---\n{_OSLER}\n---\nDeleted.\n",
    "Osler/.2026-06-04.md.icloud": "",
    "attachments/scan.png": b"\x89PNG\0",
    "attachments/paper.pdf": b"%PDF",
}
"""What stays: nothing of it is wrong, and nothing of it is a meeting with somebody."""


def forty() -> dict[str, str | bytes]:
    """The notes by their paths, the minutes among them, which say with whom."""
    found = dict(NOTES)
    for day, path in enumerate(sorted(MINUTES.iterdir()), 1):
        data = path.read_bytes()
        front = b"" if data.startswith(b"---") else f"---\n{_OSLER}\n---\n".encode()
        found[f"minutes/2026-02-{day:02} {path.name}"] = front + data
    return found


def six() -> dict[str, str | bytes]:
    """A few of them: with action items, of a time, of a later day, with several people, without a text."""
    of_osler = ("2026-03-02 Case report", "2026-03-09", "hugo", "2027-01-11 next")
    paths = [*(f"Osler/{name}.md" for name in of_osler), "2026-04-02 several.md", "text/2026-05-18 only.md"]
    return {path: NOTES[path] for path in paths}


def write(folder: Path, texts: Mapping[str, str | bytes]) -> Path:
    """Write these texts below a folder, and return it."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def fill(folder: Path, notes: Mapping[str, str | bytes]) -> Path:
    """Write notes and what else lies in such a folder, with links in a loop; return it."""
    write(folder, {**notes, **NO_NOTES})
    (folder / "Osler" / "loop").symlink_to("..")
    (folder / "2026-06-05 link.md").symlink_to("Osler/2026-03-09.md")
    return folder
