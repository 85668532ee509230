"""What the host of an encrypted remote, or a stranger, can do to it: all of it is refused, each with its sentence."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import age_format
from encrypted_machines import (
    FILES,
    GOAL,
    ID,
    KEY,
    NOW,
    OSLER,
    PROFILE,
    SUBJECT,
    Host,
    Machine,
    encrypted,
    name_of,
    plain_label,
)
from mentorlog.errors import MentorlogError, NeedsDoctor
from mentorlog.store import age, keys
from mentorlog.store.keys import Key, Secrets
from mentorlog.store.sync import encrypted_trees, label
from mentorlog.store.sync.courier import BRANCH
from mentorlog.store.sync.encrypted_trees import packed

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

MUTATIONS = 1000
NO_SEAL = "The newest state of the remote has no seal: mentorlog did not write it."
WRONG_SEAL = "The seal of the newest state of the remote does not match: it was changed, or made without the key."
ANOTHER_KEY = "The remote is encrypted with another key than the one of this machine."
FORMER_KEY = "The newest state of the remote is sealed with a key that is no longer in use."
NOT_ENCRYPTED = "The remote is not encrypted; nothing was sent."
DAMAGED = "is damaged: it cannot be decrypted."
OTHER_NAME = "contains a file that belongs under another name."
NOT_FOR_US = "is not encrypted to this journal's key."
FOREIGN = "does not contain what mentorlog writes."
TOO_LARGE = "is larger than any file that mentorlog writes."

STRANGER = Key(ID, age.new_identity())
"""A key of somebody else."""


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """The remote."""
    return Host(tmp_path / "remote")


@pytest.fixture
def one(tmp_path: Path, host: Host) -> Iterator[Machine]:
    """A machine that has sent the files."""
    machine = Machine(tmp_path / "one", host.folder)
    machine.send(dict(FILES), first=True)
    yield machine
    machine.courier.close()


def refusal(machine: Machine) -> str:
    """Fetch what must be refused; return the sentence."""
    with pytest.raises(NeedsDoctor) as error:
        machine.read()
    assert error.value.exit_code == 3 and error.value.hint
    return error.value.sentence


def in_goal(sentence: str) -> str:
    """Return the sentence about the file of the goal."""
    return f"{name_of(GOAL)} on the remote {sentence}"


def test_a_commit_of_a_stranger_is_refused(one: Machine, host: Host) -> None:
    """Without a seal, with a made-up one, and with that of the commit before, also over an older file."""
    old = host.blob(name_of(GOAL))
    first = one.send({GOAL: b'title = "Submit it to JHM"\n'})
    sealed = host.git("log", "-1", "--format=%B", BRANCH)

    for changes, message, sentence in [
        ({}, SUBJECT, NO_SEAL),
        ({}, f"{SUBJECT}\n\nseal: {'0' * 64}", WRONG_SEAL),
        ({}, sealed, WRONG_SEAL),
        ({name_of(GOAL): old}, sealed, WRONG_SEAL),
        ({name_of(OSLER): None}, sealed, WRONG_SEAL),
        ({label.README: b"Call this number"}, sealed, WRONG_SEAL),
        ({label.LABEL: plain_label()}, sealed, NOT_ENCRYPTED),
        ({label.LABEL: label.written("age-1", key=Secrets(STRANGER.identity).id)[label.LABEL]}, sealed, ANOTHER_KEY),
    ]:
        host.commit(changes, message)
        assert refusal(one) == sentence
        host.reset(first)
    assert one.read()[OSLER] == FILES[OSLER]


NOT_OURS = [
    (encrypted(packed(OSLER, b""), KEY), OTHER_NAME),
    (encrypted(packed(GOAL, b""), STRANGER), NOT_FOR_US),
    (age_format.encrypt(packed(GOAL, b""), "a passphrase"), NOT_FOR_US),
    (encrypted(packed(GOAL, b""), KEY)[:-1], DAMAGED),
    (encrypted(packed(GOAL, b""), KEY)[:100], DAMAGED),
    (b"", DAMAGED),
    (FILES[GOAL], DAMAGED),
    *(
        (encrypted(text, KEY), FOREIGN)
        for text in (
            b"",
            FILES[GOAL],
            packed(GOAL, b"x")[:-1],
            packed(GOAL, b"x") + b"\n" * 512,
            packed(GOAL, b"x")[:-1] + b"x",
            packed(GOAL, b"x").replace(b" 1\n", b" 01\n")[:512],
            packed(GOAL, b"x").replace(b" 1\n", b" 999\n")[:512],
            packed(GOAL, b"x").replace(b" 1\n", b" -1\n")[:512],
            packed(f"{GOAL}\0", b"x"),
        )
    ),
]
"""The bytes of a file on the remote, and what is said of them."""


@pytest.mark.parametrize(("data", "sentence"), NOT_OURS, ids=range(len(NOT_OURS)))  # they are random
def test_what_is_not_as_mentorlog_wrote_it_has_its_sentence(data: bytes, sentence: str) -> None:
    """Whatever decrypts to another name, another size, or not at all."""
    with pytest.raises(label.UntrustedRemote) as error:
        encrypted_trees._Unlocked(KEY).unpacked(data, name_of(GOAL))

    assert error.value.sentence == in_goal(sentence)


def test_even_with_a_seal_a_wrong_file_is_refused_whole(one: Machine, host: Host, tmp_path: Path) -> None:
    """By machines that know the other files and by those that do not: nothing of the commit is used."""
    first, other = host.tip, Machine(tmp_path / "other", host.folder)
    for data, sentence in [
        (host.blob(name_of(OSLER)), OTHER_NAME),
        (host.blob(name_of(GOAL))[:-1], DAMAGED),
        (b"x" * (encrypted_trees.LARGEST + 1), TOO_LARGE),
    ]:
        one.sealed({name_of(GOAL): data})
        for machine in (one, other):
            assert refusal(machine) == in_goal(sentence)
        host.reset(first)
    assert one.read() == other.read() == FILES
    other.courier.close()


def test_former_keys_read_what_was_known_but_seal_nothing_new(one: Machine, host: Host, tmp_path: Path) -> None:
    """After a change of the key a machine still reads its ancestor; whoever has the old key alone cannot write."""
    trees, old = one.opened()
    thief = Machine(tmp_path / "thief", host.folder)
    new = Key(ID, age.new_identity())
    one.ring.put(new)
    trees = encrypted_trees.EncryptedTrees(one.courier, one.ring, ID, one.known)
    commit = trees.commit(dict(FILES), onto=None, parents=[], at=NOW)
    assert one.courier.push(commit, old)

    trees, tip = one.opened()
    assert tip == commit
    assert trees.contents(old, trees.files(old)) == FILES == trees.contents(tip, trees.files(tip))
    assert refusal(thief) == ANOTHER_KEY
    thief.sealed({name_of(GOAL): encrypted(packed(GOAL, b"planted\n"), KEY)})
    assert refusal(one) == FORMER_KEY
    thief.courier.close()


def test_a_machine_with_another_key_is_told(one: Machine, host: Host, tmp_path: Path) -> None:
    """It reads nothing, and sends nothing."""
    stranger = Machine(tmp_path / "stranger", host.folder, STRANGER)

    assert refusal(stranger) == ANOTHER_KEY
    stranger.courier.close()


# A thousand mutations

Mutation = Callable[[Host, Machine, random.Random], str]
"""Does something to the remote; returns the sentence that must follow."""


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one bit changed."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def some(host: Host, chance: random.Random) -> str:
    """Return the name of a file."""
    return chance.choice([name for name in host.names() if name.startswith("v1/")])


def message_of(host: Host) -> str:
    """Return the message of the newest commit, with its seal."""
    return host.git("log", "-1", "--format=%B", BRANCH)


def a_flipped_file(host: Host, machine: Machine, chance: random.Random) -> str:
    """One bit of a file."""
    name = some(host, chance)
    host.commit({name: flipped(host.blob(name), chance)}, message_of(host))
    return WRONG_SEAL


def a_cut_file(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file that ends early."""
    name = some(host, chance)
    data = host.blob(name)
    host.commit({name: data[: chance.randrange(len(data))]}, message_of(host))
    return WRONG_SEAL


def swapped_files(host: Host, machine: Machine, chance: random.Random) -> str:
    """Two files under each other's name."""
    one, two = chance.sample([name for name in host.names() if name.startswith("v1/")], 2)
    host.commit({one: host.blob(two), two: host.blob(one)}, message_of(host))
    return WRONG_SEAL


def a_replayed_file(host: Host, machine: Machine, chance: random.Random) -> str:
    """An older version of a file."""
    path = chance.choice([GOAL, OSLER, PROFILE])
    old = host.blob(name_of(path))
    machine.send({path: b"version %d\n" % chance.randrange(10**9)})
    host.commit({name_of(path): old}, message_of(host))
    return WRONG_SEAL


def a_removed_file(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file that is no longer there."""
    host.commit({some(host, chance): None}, message_of(host))
    return WRONG_SEAL


def a_foreign_commit(host: Host, machine: Machine, chance: random.Random) -> str:
    """A commit without a seal, or with one that somebody made up."""
    if chance.random() < 0.5:
        host.commit({}, f"{SUBJECT}\n{chance.random()}")
        return NO_SEAL
    host.commit({}, f"{SUBJECT}\n\nseal: {chance.randbytes(32).hex()}")
    return WRONG_SEAL


def a_changed_commit(host: Host, machine: Machine, chance: random.Random) -> str:
    """The date, the parents, the message or the seal."""
    raw = host.raw()
    seal = re.search(rb"seal: (\w+)", raw)
    assert seal
    digit = seal.start(1) + chance.randrange(64)
    changes = [
        re.sub(rb"(committer .*> )\d+", rb"\g<1>%d" % chance.randrange(10**9), raw),
        raw.replace(SUBJECT.encode(), b"%s\n\nReplaces: %s" % (SUBJECT.encode(), chance.randbytes(20).hex().encode())),
        raw[:digit] + (b"0" if raw[digit : digit + 1] != b"0" else b"1") + raw[digit + 1 :],
        re.sub(rb"\nauthor ", b"\nparent %s\nauthor " % host.tip.encode(), raw, count=1),
    ]
    host.commit_raw(chance.choice(changes))
    return WRONG_SEAL


def a_sealed_flip(host: Host, machine: Machine, chance: random.Random) -> str:
    """One bit of a file in a commit with a true seal."""
    path = chance.choice([GOAL, OSLER, PROFILE])
    data = host.blob(name_of(path))
    machine.sealed({name_of(path): flipped(data, chance)})
    return f"{name_of(path)} on the remote ({DAMAGED}|{NOT_FOR_US})"


def a_sealed_cut(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file that ends early in a commit with a true seal."""
    path = chance.choice([GOAL, OSLER, PROFILE])
    data = host.blob(name_of(path))
    machine.sealed({name_of(path): data[: chance.randrange(len(data))]})
    return f"{name_of(path)} on the remote {DAMAGED}"


def a_sealed_swap(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file under another name in a commit with a true seal."""
    one, two = chance.sample([GOAL, OSLER, PROFILE], 2)
    machine.sealed({name_of(one): host.blob(name_of(two))})
    return f"{name_of(one)} on the remote {OTHER_NAME}"


def a_sealed_stranger(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file to another key, or with another key's passphrase, in a commit with a true seal."""
    text = packed(GOAL, chance.randbytes(20))
    secret = encrypted(text, STRANGER) if chance.random() < 0.5 else age_format.encrypt(text, "guess")
    machine.sealed({name_of(GOAL): secret})
    return in_goal(NOT_FOR_US)


def another_key(host: Host, machine: Machine, chance: random.Random) -> str:
    """A file with another key, with or without saying so."""
    said = chance.random() < 0.5
    text = packed(GOAL, chance.randbytes(20))
    changes: dict[str, bytes | None] = {name_of(GOAL, STRANGER): encrypted(text, STRANGER)}
    if said:
        changes |= label.written("age-1", key=Secrets(STRANGER.identity).id)
    machine.sealed(changes, STRANGER)
    return ANOTHER_KEY if said else WRONG_SEAL


ON_THE_REMOTE: list[Mutation] = [
    a_flipped_file,
    a_cut_file,
    swapped_files,
    a_replayed_file,
    a_removed_file,
    a_foreign_commit,
    a_changed_commit,
    a_sealed_flip,
    a_sealed_cut,
    a_sealed_swap,
    a_sealed_stranger,
    another_key,
]


def mutated_key(chance: random.Random) -> tuple[bytes, str, str]:
    """Return an exported key that must be refused, the passphrase, and the sentence."""
    passphrase = "osler röntgen curie"
    good = age_format.encrypt(KEY.text(), passphrase, seed=chance.randbytes(8))
    kind = chance.randrange(4)
    if kind == 0:
        return good, f"{passphrase}{chance.randrange(99)}", "Wrong passphrase for k."
    if kind == 1:
        return age_format.with_work(good, chance.randrange(23, 64)), passphrase, "k asks for a work factor of 2"
    if kind == 2:
        return good[: chance.randrange(len(good))], passphrase, "k (is damaged or incomplete|contains no key|does not)"
    return flipped(good, chance), passphrase, "(k |Wrong passphrase for k)"


@pytest.mark.slow
@pytest.mark.exhaustive
def test_of_a_thousand_mutations_none_is_accepted(host: Host, one: Machine) -> None:
    """Flips, cuts, swaps, replays, foreign commits, wrong keys and passphrases, at every level: each its sentence."""
    chance, done = random.Random(14), Counter[str]()
    first = one.opened()[1]
    while done.total() < MUTATIONS:
        if chance.random() < 0.2:
            data, passphrase, sentence = mutated_key(chance)
            with pytest.raises(MentorlogError) as error:
                keys.parse(age.decrypt(data, "k", passphrase, age.KEY) if age.is_encrypted(data) else data, "k")
            assert re.match(sentence, error.value.sentence), error.value.sentence
            done["an exported key"] += 1
            continue
        mutation = chance.choice(ON_THE_REMOTE)
        sentence = mutation(host, one, chance)
        found = refusal(one)
        assert found == sentence or re.fullmatch(sentence, found), (mutation.__name__, found)
        done[mutation.__name__] += 1
        host.reset(first)
    assert one.read() == FILES
    print(done)
