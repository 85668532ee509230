"""A journal in a folder that a sync program copies: its own files must stay here, and each program is told how."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mentorlog.store.sync_programs import double_notice, private_notice, synced_by
from world import World


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/journal", "Dropbox"),
        ("Dropbox (Personal)/a/journal", "Dropbox"),
        ("OneDrive - City Hospital/journal", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud Drive"),
        ("iCloudDrive/journal", "iCloud Drive"),
        ("Nextcloud/journal", "Nextcloud"),
        ("ownCloud/journal", "ownCloud"),
        ("Library/CloudStorage/GoogleDrive-mary@example.org/My Drive/journal", "Google Drive"),
        ("my Dropbox notes/journal", None),
        ("Documents/journal", None),
    ],
)
def test_the_folders_of_programs(folder: str, program: str | None, tmp_path: Path) -> None:
    """They are known by their names, wherever the journal is below them, and through a link."""
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / folder)

    for root in (tmp_path / folder, tmp_path / "link"):
        found = synced_by(root)
        assert (found.program if found else None) == program
        assert bool(private_notice(root)) == bool(double_notice(root)) == (program is not None)


@pytest.mark.parametrize(
    ("lines", "is_excluded"),
    [
        ("", False),
        ("/other\n// .mentorlog\n!/.mentorlog\n.mentorlogs\n", False),
        (".mentorlog\n", True),
        ("*.tmp\n/sub/journal/.mentorlog\n", True),
        ("(?d)(?i)**/.mentorlog/\n", True),
    ],
)
def test_syncthing(lines: str, is_excluded: bool, tmp_path: Path) -> None:
    """Its folder is found by what it puts there; the line to add is relative to it, and said until it is there."""
    root = tmp_path / "sub" / "journal"
    root.mkdir(parents=True)
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / ".stignore").write_text(lines)

    found = synced_by(root)

    assert found is not None and (found.program, found.is_excluded) == ("Syncthing", is_excluded)
    assert found.remedy == f"add this line to {tmp_path}/.stignore: /sub/journal/.mentorlog"
    assert bool(private_notice(root)) == (not is_excluded)
    assert double_notice(root), "who syncs with a remote, too, uses both"


@pytest.mark.skipif(sys.platform != "linux", reason="the attribute that Dropbox knows has another name elsewhere")
def test_dropbox_ignores_a_folder_by_an_attribute(tmp_path: Path) -> None:
    """The command is shown until the folder has the attribute."""
    private = tmp_path / "Dropbox" / "it's here" / ".mentorlog"
    private.mkdir(parents=True)
    (notice,) = private_notice(private.parent)
    assert notice.endswith(f"; run: attr -s com.dropbox.ignored -V 1 '{tmp_path}/Dropbox/it'\"'\"'s here/.mentorlog'")

    try:
        os.setxattr(private, "user.com.dropbox.ignored", b"1")
    except OSError:
        pytest.skip("no file system with attributes here")

    assert private_notice(private.parent) == []


def test_a_mark_that_cannot_be_read_is_no_error(tmp_path: Path) -> None:
    """Whatever lies in the place of Syncthing's list, nothing fails."""
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / ".stignore").mkdir()

    assert synced_by(tmp_path) is None


def test_init_and_doctor_say_it_once(world: World) -> None:
    """`init` says it when the journal is created or selected, `doctor` as one warning; no other command says it."""
    root = world.root / "Nextcloud" / "journal"
    root.parent.mkdir()
    env = {"MENTORLOG_JOURNAL": None}

    for _ in range(2):
        ran = world.invoke("init", str(root), "--no-input", env=env)
        assert (ran.exit, ran.err.count("Nextcloud synchronizes this folder")) == (0, 1), ran
    assert world.invoke("goal", "add", "Aim", env=env).err == ""
    found = world.invoke("doctor", "--json", env=env)
    assert found.exit == 0
    (finding,) = found.data["findings"]
    assert (finding["level"], finding["category"], finding["path"]) == ("warning", "synced", ".mentorlog")
    assert finding["remedy"] == "in its settings, add to the ignored files: .mentorlog"
