"""Addresses of remotes: which ones git is given, and how they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentorlog.errors import BadValue
from mentorlog.store.sync.address import address, outside
from world import World

GIVEN = [
    ("git@git.example.org:blackwell/journal.git", "git.example.org:blackwell/journal.git", "git.example.org"),
    ("host:~/journal.git", "host:~/journal.git", "host"),
    ("[::1]:journal.git", "[::1]:journal.git", "[::1]"),
    ("ssh://git@git.example.org:2222/j.git", "ssh://git.example.org:2222/j.git", "git.example.org"),
    ("ssh://[2001:db8::1]/j.git", "ssh://[2001:db8::1]/j.git", "[2001:db8::1]"),
    ("https://git.example.org/j.git", "https://git.example.org/j.git", "git.example.org"),
    ("https://git.example.org/j.git?key=x#y", "https://git.example.org/j.git", "git.example.org"),
    ("https://token@git.example.org/j.git", "https://git.example.org/j.git", "git.example.org"),
    ("HTTPS://git.example.org/j.git", "https://git.example.org/j.git", "git.example.org"),
    ("file:///media/stick/j.git", "/media/stick/j.git", "/media/stick/j.git"),
    ("/media/stick/j.git", "/media/stick/j.git", "/media/stick/j.git"),
    ("/media/a:b/é 日.git", "/media/a:b/é 日.git", "/media/a:b/é 日.git"),
]


def test_an_address_that_git_is_given() -> None:
    """ssh, https, files and folders; nobody's name is shown."""
    for text, shown, place in GIVEN:
        found = address(text)

        assert (found.url, found.shown, found.place) == (text, shown, place)
        assert found.is_folder == place.startswith("/")


def test_a_path_is_complete(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path counts from here, and `~` is the home folder."""
    monkeypatch.chdir(world.work)

    assert address("../remote.git").url == str(world.root / "remote.git")
    assert address("./a:b.git").url == str(world.work / "a:b.git")
    assert address("~/j.git").url == str(Path.home() / "j.git")


REFUSED = [
    ("", "is empty"),
    ("  ", "is empty"),
    ("--upload-pack=touch x", "starts with a hyphen"),
    ("-oProxyCommand=x:y", "starts with a hyphen"),
    ("ext::sh -c touch% x", "names a program of git"),
    ("fd::3", "names a program of git"),
    ("::x", "names a program of git"),
    ("transport::https://git.example.org/x", "names a program of git"),
    ("git://git.example.org/x", "does not sync over git://"),
    ("http://git.example.org/x", "does not sync over http://"),
    ("ftp://git.example.org/x", "does not sync over ftp://"),
    ("ext://x/y", "does not sync over ext://"),
    ("https://user:secret@git.example.org/x", "contains a password"),
    ("https://:secret@git.example.org/x", "contains a password"),
    ("ssh://user:secret@git.example.org/x", "contains a password"),
    ("user:secret@git.example.org:x", "contains a password"),
    ("ssh://-oProxyCommand=touch/x", "no valid host"),
    ("ssh://a@-oProxyCommand=touch/x", "no valid host"),
    ("ssh://-a@git.example.org/x", "no valid host"),
    ("-a@git.example.org:x", "starts with a hyphen"),
    ("a@-b:x", "no valid host"),
    ("host$(touch x):y", "no valid host"),
    ("ho st:y", "no valid host"),
    ("https:///x", "no valid host"),
    ("https://git.example.org", "names no repository"),
    ("https://git.example.org:port/x", "no valid host"),
    ("https://[::1/x", "no valid host"),
    ("https://a#@b/x", "no valid host"),
    ("host:", "names no repository"),
    ("host:-x", "names no repository"),
    (":x", "no valid host"),
    ("file://host/x", "needs three slashes"),
    ("C:\\journal", "is a path of Windows"),
    ("c:/journal", "is a path of Windows"),
    ("c:journal", "a host of one letter"),
    ("https://git.example.org/x\n", "characters that no address has"),
    ("/a\0b", "characters that no address has"),
    ("/a\x1b[31m", "characters that no address has"),
    ("/a\u202egro", "characters that no address has"),
    ("x" * 5000, "characters that no address has"),
]


def test_an_address_that_is_refused() -> None:
    """A sentence says why; no password is in it."""
    for text, reason in REFUSED:
        with pytest.raises(BadValue, match=reason) as caught:
            address(text)
        assert "secret" not in f"{caught.value.sentence}{caught.value.hint}"
        assert caught.value.hint


def test_a_folder_in_the_journal_is_no_remote(tmp_path: Path) -> None:
    """git never writes into the journal's folder, nor into the repository in which the user keeps it, by any name."""
    root = tmp_path / "journal"
    (root / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root)
    (tmp_path / "journal.git").mkdir()
    for text in (
        str(root),
        f"{root}/.git",
        f"file://{root}/sync.git",
        f"{tmp_path}/link/.git",
        f"{tmp_path}/x/../journal",
    ):
        with pytest.raises(BadValue, match="is in the journal itself"):
            outside(address(text), root)
        with pytest.raises(BadValue, match="is in the journal itself"):
            outside(address(text), tmp_path / "link")
    for text in (f"{tmp_path}/journal.git", "ssh://git.example.org" + str(root)):
        assert outside(address(text), root).url == text
