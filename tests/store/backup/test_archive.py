"""A backup as bytes: the same for the same files, readable by tar, and no byte of it changes unseen."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mentorlog.domain.backups import Manifest
from mentorlog.store.backup import archive
from mentorlog.store.backup.archive import Archive, BadBackup, may_hold, pack

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MANIFEST = Manifest("0123456789abcdef", 2, AT, "ab" * 32, with_log=True)
FILES = {
    "journal.toml": b'format = 1\nid = "0123456789abcdef"\n',
    "profile.toml": 'name = "Röntgen"\n'.encode(),
    "goals/g7k3q-é 日本 🩺.toml": b"",
    f"goals/g2n5t-{'long-' * 40}.toml": b"not toml \xff\0",
    "mentors/osler.toml": b"x" * 512,
    "templates/recap.txt": b"Dear {{ to }},\r\n",
    ".mentorlog/operations/000001.json": b"{}\n",
    ".mentorlog/operations/000002.json": b"{}\n" * 300,
}


def packed(contents: dict[str, bytes] = FILES, manifest: Manifest = MANIFEST) -> bytes:
    """Return the bytes of a backup."""
    return b"".join(pack(manifest, contents))


def read(data: bytes) -> dict[str, bytes]:
    """Return the files in the bytes of a backup."""
    return dict(Archive(io.BytesIO(data), "b.tar").members())


def refusal(data: bytes) -> str:
    """Return why the bytes are no backup, with what to do."""
    with pytest.raises(BadBackup) as caught:
        read(data)
    assert caught.value.hint
    assert caught.value.exit_code == 1
    return caught.value.sentence


def test_what_is_written_is_read() -> None:
    """All files and the manifest come back as they were, and are counted."""
    found = Archive(io.BytesIO(packed()), "b.tar")

    assert found.manifest == MANIFEST
    assert dict(found.members()) == FILES
    report = found.report()
    assert (report.record_count, report.template_count, report.operation_count, report.has_profile) == (3, 1, 2, True)
    assert report.size == len(packed())


def test_the_same_files_are_the_same_bytes() -> None:
    """Whatever order they were read in."""
    assert packed(dict(reversed(FILES.items()))) == packed()


def test_the_bytes_of_the_format_never_change() -> None:
    """A backup of today is the same, to the byte, in every later version that writes this format."""
    assert hashlib.sha256(packed()).hexdigest() == "b731fc5b64554fcce3d58ec766429fef0e0f103342d9e62384e0b9f76a6d9668"


def test_other_programs_read_it() -> None:
    """Python's tarfile sees the same files, private and without an owner, the two of our own first."""
    with tarfile.open(fileobj=io.BytesIO(packed()), mode="r:") as tar:
        members = tar.getmembers()
        contents = {one.name: tar.extractfile(one).read() for one in members}  # type: ignore[union-attr]

    assert [one.name for one in members][:4] == ["backup.toml", "SHA256SUMS", "journal.toml", "profile.toml"]
    assert {(one.mode, one.uid, one.gid, one.mtime) for one in members} == {(0o600, 0, 0, int(AT.timestamp()))}
    sums = contents.pop("SHA256SUMS").decode()
    lines = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    assert sums == "".join(f"{lines[name]}  {name}\n" for name in contents)
    assert {name: data for name, data in contents.items() if name != "backup.toml"} == FILES


def test_a_journal_without_changes_has_no_time() -> None:
    """Its files are of 1970, and the manifest says nothing of a last change."""
    data = packed({"journal.toml": b"format = 1\n"}, Manifest("", 0, None, None, with_log=True))

    assert read(data) == {"journal.toml": b"format = 1\n"}
    assert tarfile.open(fileobj=io.BytesIO(data)).getmembers()[0].mtime == 0  # noqa: SIM115


def test_no_byte_changes_unseen() -> None:
    """One bit flipped in every fourth byte is named: in files, headers, padding, the sums, the manifest, the end."""
    data, chance = bytearray(packed()), random.Random(13)
    for at in range(chance.randrange(4), len(data), 4):
        bit = 1 << chance.randrange(8)
        data[at] ^= bit
        with pytest.raises(BadBackup):
            read(bytes(data))
        data[at] ^= bit


def test_a_cut_is_seen_anywhere() -> None:
    """A backup of which the end is missing is none, wherever it ends; nor is one with more behind it."""
    data = packed()
    for end in [*range(1, len(data), 509), *range(512, len(data), 512)]:
        assert "its end is missing" in refusal(data[:end]) or end < 512
    for more in (b"\0", b"\0" * 10240, b"x", data):
        assert "something after its end" in refusal(data + more)
    assert refusal(b"") == "b.tar is empty."


def test_what_is_something_else() -> None:
    """A compressed backup, a tar of something else, a text: each is called what it is."""
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w") as tar:
        tar.addfile(_info("backup.tar", packed()), io.BytesIO(packed()))

    assert refusal(gzip.compress(packed())) == "b.tar is compressed."
    assert refusal(inner.getvalue()) == "b.tar is not a backup of mentorlog."
    assert refusal(b'{"version": 1}\n' * 200) == "b.tar is not a backup of mentorlog."


def _info(name: str, data: bytes, **more: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(data), 0o600, int(AT.timestamp())
    for key, value in more.items():
        setattr(info, key, value)
    return info


def _hostile(change: Callable[[tarfile.TarFile], None]) -> bytes:
    """Return a backup with further members, which Python wrote."""
    rest = io.BytesIO()
    with tarfile.open(fileobj=rest, mode="w", format=tarfile.PAX_FORMAT) as tar:
        change(tar)
    members = rest.getvalue().rstrip(b"\0")
    members += bytes(-len(members) % 512)
    contents = {"journal.toml": FILES["journal.toml"]}
    data = packed(contents, MANIFEST.but(with_log=False, change=0, link=None))
    return data[:-1024] + members + data[-1024:]


@pytest.mark.parametrize(
    ("what", "info"),
    [
        ("a symbolic link", {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}),
        ("a hard link", {"type": tarfile.LNKTYPE, "linkname": "journal.toml"}),
        ("a device", {"type": tarfile.CHRTYPE}),
        ("a device", {"type": tarfile.BLKTYPE}),
        ("a named pipe", {"type": tarfile.FIFOTYPE}),
        ("a folder", {"type": tarfile.DIRTYPE}),
        ("a sparse file", {"type": tarfile.GNUTYPE_SPARSE}),
    ],
)
def test_only_files_are_in_it(what: str, info: dict[str, object]) -> None:
    """A link, a device or a folder is refused by name."""
    found = refusal(_hostile(lambda tar: tar.addfile(_info("goals/g2222.toml", b"", **info))))

    assert f"it contains {what}, 'goals/g2222.toml" in found


NAMES = [
    "../evil.toml",
    "/etc/evil.toml",
    "goals/../../evil.toml",
    "goals/../evil.toml",
    "goals//g2222.toml",
    "./goals/g2222.toml",
    "goals\\g2222.toml",
    "goals/a\\..\\b.toml",
    "goals/g2222.txt",
    "goals/.g2222.toml",
    "goals/g2222.toml/x.toml",
    "templates/../x.txt",
    "templates/Ä.txt",
    ".mentorlog/index.sqlite",
    ".mentorlog/pending.json",
    ".mentorlog/operations/1.json",
    ".mentorlog/operations/0000001.json",
    ".mentorlog/operations/../x.json",
    ".git/config",
    "goals/g2222\n.toml",
    "goals/\x1b[2J.toml",
    "goals/\udcff.toml",
    f"goals/{'x' * 300}.toml",
    "goals/..toml",
    "backup.toml",
    "SHA256SUMS",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_only_names_of_a_journal_are_in_it(name: str) -> None:
    """A name that leads out of the folder, or is not a record's, a template's or an operation's, is refused."""
    assert not may_hold(name)
    refusal(_hostile(lambda tar: tar.addfile(_info(name, b"x"), io.BytesIO(b"x"))))
    if name not in ("backup.toml", "SHA256SUMS", "goals/\udcff.toml"):
        listed = packed({"journal.toml": b"", name: b"x"}, MANIFEST.but(with_log=False))
        with pytest.raises(BadBackup, match=r"which is not a file of a journal|a line of SHA256SUMS is not valid"):
            Archive(io.BytesIO(listed), "b.tar")  # before any of its files is read


def test_the_files_are_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup with its files in another order is not as mentorlog writes it, so that no file can be in it twice."""
    with monkeypatch.context() as patched:
        patched.setattr(archive, "_order", lambda path: path)
        other = packed({path: data for path, data in FILES.items() if path[0] != "."}, MANIFEST.but(with_log=False))

    assert "SHA256SUMS lists a file twice or in another order" in refusal(other)


def test_the_files_have_the_time_of_the_last_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another time says that the manifest or the files were replaced."""
    with monkeypatch.context() as patched:
        patched.setattr(archive.manifests, "seconds", lambda manifest: 1)
        other = packed()

    assert "the times of its files are not those of its last change" in refusal(other)


def test_what_the_sums_do_not_list() -> None:
    """A file that SHA256SUMS does not list, or a second one of the same name, is refused."""
    assert "'goals/g2222.toml', which SHA256SUMS does not list" in refusal(
        packed({"journal.toml": b""}, MANIFEST.but(with_log=False))[:-1024]
        + _member("goals/g2222.toml", b"")
        + bytes(1024)
    )
    again = _member("journal.toml", FILES["journal.toml"])
    assert "it contains journal.toml twice" in refusal(packed()[:-1024] + again + bytes(1024))


def _member(name: str, data: bytes) -> bytes:
    """Return the header and bytes of a file as in a backup of ours."""
    whole = packed({"journal.toml": b"", name: data}, MANIFEST.but(with_log=False))
    begin = whole.index((name if len(name) <= 100 else "PaxHeaders").encode().ljust(100, b"\0"))
    return whole[begin : begin + 512 + len(data) + -len(data) % 512]


def test_what_the_sums_list_and_is_not_there() -> None:
    """A file that is missing, or has other bytes than its sum says, is named."""
    data = packed()
    begin = data.index(b"mentors/osler.toml".ljust(100, b"\0"))

    assert "in place of mentors/osler.toml" in refusal(data[:begin] + data[begin + 1024 :])
    changed = data[: begin + 512] + b"y" * 512 + data[begin + 1024 :]
    assert refusal(changed) == "b.tar is damaged: mentors/osler.toml does not have the sum in SHA256SUMS."


def test_extended_headers_are_short() -> None:
    """One of absurd size is refused before it is read, and one that says something else than a name as well."""
    huge = _info("goals/g2222.toml", b"", pax_headers={"comment": "x" * 2_000_000})
    other = _info("goals/g2222.toml", b"", pax_headers={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"})
    own = bytearray(_member(f"goals/g2222-{'x' * 200}.toml", b""))
    own[124:136] = b"%011o\0" % 2_000_000
    own[148:156] = b"%06o\0 " % (sum(own[:148]) + 8 * 32 + sum(own[156:512]))

    for data in (_hostile(lambda tar: tar.addfile(huge)), _hostile(lambda tar: tar.addfile(other))):
        assert "an extended header" in refusal(data)
    whole = packed({"journal.toml": b""}, MANIFEST.but(with_log=False))
    assert "an extended header" in refusal(whole[:-1024] + bytes(own) + bytes(2_000_000))


def test_a_file_is_not_larger_than_a_record_may_be() -> None:
    """What no record can be is refused before it is read."""
    large = bytes(1024 * 1024 + 1)

    found = refusal(packed({"journal.toml": b"", "goals/g2222.toml": large}, MANIFEST.but(with_log=False)))
    assert "goals/g2222.toml, which is larger than 1 MiB" in found


def test_a_newer_format() -> None:
    """A backup of a later version says which one, and what to do."""
    data = packed().replace(b"format = 1\njournal", b"format = 2\njournal")

    with pytest.raises(BadBackup) as caught:
        read(data)
    assert caught.value.sentence == (
        "b.tar was written by a newer version of mentorlog (format 2; this one reads format 1)."
    )
    assert caught.value.hint == "upgrade mentorlog"


@pytest.mark.parametrize(
    "changes",
    [
        {"with_log": False},
        {"change": 1},
        {"change": 3},
        {"change": -1},
        {"changed_at": datetime(2026, 11, 23, 9)},
        {"link": "ab"},
        {"journal": "../x"},
    ],
)
def test_a_manifest_that_does_not_fit(changes: dict[str, object]) -> None:
    """A last change that is not in the log, a value of another kind: refused."""
    refusal(packed(manifest=MANIFEST.but(**changes)))


def test_a_backup_without_a_journal() -> None:
    """Without journal.toml it is no journal."""
    assert "it does not contain journal.toml" in refusal(packed({"profile.toml": b""}, MANIFEST.but(with_log=False)))
