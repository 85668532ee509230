"""Records that two machines made with one id: both stay, ours under another id, and every mention follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

import pytest

from factories import CREATED, TODAY, make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain.reports import Renamed
from mentorlog.models.goal import Share
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.note import Told
from mentorlog.models.record import Record
from mentorlog.models.review import Verdict
from mentorlog.store.format import document, toml
from mentorlog.store.layout import id_of
from mentorlog.store.sync import twins
from sync_memory import Machine, Remote

PEOPLE = ("William Osler", "Marie Curie", "Wilhelm Röntgen", "Elizabeth Blackwell")
SEVERAL = 12
ALL = 500


def put(machine: Machine, record: Record, path: str = "") -> None:
    """Save a record as a command does."""
    machine.change({path or toml.path_of(record): toml.dump(record)})


def records(machine: Machine) -> Iterator[Record]:
    """Every record of a machine."""
    for path, data in machine.folder.items():
        if "/" in path and data is not None:
            part = document.checked(path, data)
            assert isinstance(part, Record)
            yield part


def settled(*machines: Machine) -> int:
    """Sync until all machines hold the same, and nothing more happens; return how many ids that changed."""
    renamed = sum(len(machine.sync().renamed) for _ in range(3) for machine in machines)
    one, *others = machines
    for other in others:
        assert other.folder == one.folder
    logs = [len(machine.log) for machine in machines]
    tip = one.repository.remote.tip
    for machine in machines:
        report = machine.sync()
        assert not (report.received.count or report.sent.count or report.held)
    assert ([len(machine.log) for machine in machines], one.repository.remote.tip) == (logs, tip)
    return renamed


def pair() -> tuple[Machine, Machine]:
    """Two machines with one remote, both synced, with nothing in them."""
    remote = Remote()
    machines = Machine("a", remote), Machine("b", remote)
    for machine in machines:
        machine.sync()
    return machines


def test_the_later_machine_gives_its_record_another_id() -> None:
    """What is on the remote keeps its id; of ours every mention follows, comments and order stay."""
    here, there = pair()
    put(there, make_task(id="t2222", title="Call the ward"))
    there.sync()
    made = CREATED + timedelta(days=1)
    put(here, make_task(id="t2222", title="Draft abstract", created=made))
    notes = "- [ ] @me Draft abstract (t2222)\n\nSee t2222, T2222: not wt2222x, /t2222 or t2222-b."
    meeting = toml.dump(make_meeting(id="m2222", mentors=(), notes=notes, links=["t2222"]))
    here.change({"meetings/m2222-x.toml": b"# mine\n" + meeting})

    report = here.sync()
    new = report.renamed[0].new

    assert report.renamed == (Renamed("t2222", new),)
    assert (report.received.new, report.sent.new) == (("t2222",), tuple(sorted(["m2222", new], key=lambda id: id)))
    assert not report.comments
    assert b"Call the ward" in (here.folder["tasks/t2222-call-the-ward.toml"] or b"")
    ours = here.folder[f"tasks/{new}-draft-abstract.toml"] or b""
    assert b"Draft abstract" in ours and f'id = "{new}"'.encode() in ours
    expected = (b"# mine\n" + meeting).replace(b"(t2222)", f"({new})".encode())
    expected = re.sub(rb"See t2222, T2222", f"See {new}, {new}".encode(), expected)
    expected = expected.replace(b'"t2222"', f'"{new}"'.encode())
    assert here.folder["meetings/m2222-x.toml"] == expected
    settled(here, there)


def test_one_person_on_both_machines_stays_one() -> None:
    """The same slug and the same full name, however it is spelled, is one person: all that both wrote is there."""
    here, there = pair()
    put(there, make_mentor(id="roentgen", name="Wilhelm Röntgen", notes="Met in Würzburg."))
    put(here, make_mentor(id="roentgen", name="Prof. Wilhelm RÖNTGEN", created=CREATED + timedelta(1), notes="X-rays."))
    there.sync()

    report = here.sync()

    assert not report.renamed and report.merged == ("roentgen",)
    assert (
        b"Met in" in (here.folder["mentors/roentgen.toml"] or b"") and b"X-rays" in here.folder["mentors/roentgen.toml"]
    )  # type: ignore[operator]
    settled(here, there)


def test_another_person_gets_a_number() -> None:
    """The same slug of another person: ours gets a number, and every field that names a mentor follows."""
    here, there = pair()
    put(there, make_mentor(id="curie", name="Marie Curie"))
    put(here, make_mentor(id="curie", name="Irène Joliot-Curie", created=CREATED + timedelta(1)))
    put(here, make_goal(id="g2222", mentors=["curie"], notes="Ask curie."))
    put(here, make_note(id="n2222", mentors=("curie",), told=[Told(mentor="curie", on=TODAY)], links=["curie"]))
    put(here, make_task(id="t2222", owner="curie", assigned_by="curie", helps="curie"))
    there.sync()

    report = here.sync()

    assert report.renamed == (Renamed("curie", "curie-2"),)
    goal, note, task = ({one.id: one for one in records(here)}[id] for id in ("g2222", "n2222", "t2222"))
    assert vars(goal)["mentors"][0].mentor == "curie-2" and goal.notes == "Ask curie."
    assert (vars(note)["mentors"], vars(note)["told"][0].mentor, note.links) == (("curie-2",), "curie-2", ("curie-2",))
    assert {vars(task)[name] for name in ("owner", "assigned_by", "helps")} == {"curie-2"}
    settled(here, there)


def test_what_a_table_without_declarations_names_follows_too() -> None:
    """The changes of a verdict, and keys of a newer version, hold ids as fields do; nothing else in them changes."""
    verdict = Verdict(goal="g2222", verdict="revise", reason="x", changes={"whose": "curie", "title": "curie g2222"})
    record = make_review(id="r2222", verdicts=[verdict], extra={"mentor": "curie", "new": {"goal": "g2222"}})

    new = twins.rewritten("reviews/r2222.toml", toml.dump(record), {"curie": "curie-2", "g2222": "g3333"})

    assert new is not None
    plain = toml.parse("", new.data)
    assert plain["verdicts"][0]["changes"] == {"whose": "curie-2", "title": "curie g3333"}
    assert (plain["mentor"], plain["new"], plain["verdicts"][0]["goal"]) == ("curie-2", {"goal": "g3333"}, "g3333")
    assert twins.rewritten("reviews/r2222.toml", new.data, {"curie": "curie-2", "g2222": "g3333"}) is None


def test_comments_that_cannot_stay_are_told_of() -> None:
    """The slug of a mentor is a word like any other, so its file is written anew, without its comments."""
    data = b"# my note\n" + toml.dump(make_goal(id="g2222", mentors=["curie"]))
    new = twins.rewritten("goals/g2222.toml", data, {"curie": "curie-2"})
    assert new is not None and new.comments_dropped and b"# my note" not in new.data


# Any number of twins


class Mention(NamedTuple):
    """A record with a word of its own that names another in some way."""

    word: str
    way: str
    target: str


FIELDS: dict[str, Callable[[Any], list[str]]] = {
    "goal": lambda one: [one.goal],
    "meeting": lambda one: [one.meeting],
    "decision": lambda one: [one.decision],
    "mentors": lambda one: [*one.mentors],
    "told": lambda one: [told.mentor for told in one.told],
    "owner": lambda one: [one.owner],
    "share": lambda one: [share.mentor for share in one.mentors],
    "parent": lambda one: [one.parent],
    "agenda": lambda one: [item.goal for item in one.agenda],
    "links": lambda one: [*one.links],
    "text": lambda one: re.findall(r"\(([gtmnr]\w{4})\)", one.notes or ""),
}
"""How each way of naming a record is read again."""


class Writer:
    """One machine of a case: makes records whose ids another machine may make as well."""

    def __init__(self, machine: Machine, random: Random, letters: str) -> None:
        self.machine, self.random, self.letters = machine, random, letters
        self.mine: dict[str, list[tuple[str, str]]] = {}
        """The ids and words of the records that it made, by kind."""
        self.words: list[str] = []
        self.mentions: list[Mention] = []
        self._number = 0

    def word(self) -> str:
        """A word that stands nowhere else."""
        self._number += 1
        self.words.append(f"{self.machine.name}word{self._number}")
        return self.words[-1]

    def make(self) -> None:
        """Make one record that names some of those before."""
        kind = self.random.choice(("mentor", "goal", "task", "meeting", "note"))
        id = self.random.choice(PEOPLE).split()[-1].lower() if kind == "mentor" else self._id(kind)
        id = id.replace("ö", "oe")
        if id in map(id_of, self.machine.folder):
            return
        word, created = self.word(), CREATED + timedelta(seconds=self.random.randrange(10**6))
        put(self.machine, getattr(self, f"_{kind}")(id, word, created))
        self.mine.setdefault(kind, []).append((id, word))

    def _id(self, kind: str) -> str:
        return f"{kind[0]}222{self.random.choice(self.letters)}"

    def name(self, word: str, way: str, *kinds: str) -> str | None:
        """The id of one of my records of some kinds, if any; that it was named is noted."""
        known = [pair for kind in kinds for pair in self.mine.get(kind, [])]
        if not known or self.random.random() < 0.3:
            return None
        id, target = self.random.choice(known)
        self.mentions.append(Mention(word, way, target))
        return id

    def _mentor(self, id: str, word: str, created: Any) -> Record:
        first = self.random.choice(("William", "Ada"))
        return make_mentor(id=id, name=f"{first} {id.title()}", notes=f"About {word}.", created=created)

    def _goal(self, id: str, word: str, created: Any) -> Record:
        share, parent = self.name(word, "share", "mentor"), self.name(word, "parent", "goal")
        shares = [Share(mentor=share)] if share else []
        return make_goal(id=id, title=word, parent=parent, created=created, mentors=shares, notes=self.text(word))

    def _task(self, id: str, word: str, created: Any) -> Record:
        owner = self.name(word, "owner", "mentor") or "me"
        goal, meeting = self.name(word, "goal", "goal"), self.name(word, "meeting", "meeting")
        return make_task(id=id, title=word, owner=owner, goal=goal, meeting=meeting, created=created)

    def _meeting(self, id: str, word: str, created: Any) -> Record:
        goal, mentor = self.name(word, "agenda", "goal"), self.name(word, "mentors", "mentor")
        agenda = [AgendaItem(text=f"Point of {word}", goal=goal)] if goal else []
        mentors = (mentor,) if mentor else ()
        return make_meeting(id=id, mentors=mentors, agenda=agenda, notes=self.text(word), created=created)

    def _note(self, id: str, word: str, created: Any) -> Record:
        link, told = self.name(word, "links", "goal", "task", "mentor"), self.name(word, "told", "mentor")
        decision = self.name(word, "decision", "note")
        told_to = [Told(mentor=told, on=TODAY)] if told else []
        links = [link] if link else []
        kind = "advice" if decision else "note"
        return make_note(id=id, kind=kind, text=word, links=links, told=told_to, decision=decision, created=created)

    def text(self, word: str) -> str:
        """Some notes, of which a line may be an action item with the id of a task."""
        task = self.name(word, "text", "task", "goal", "note")
        return f"Notes of {word}.\n\n- [ ] @me Do it ({task})" if task else f"Notes of {word}."

    def sync(self) -> None:
        """Sync, and name records by their new ids from now on."""
        new = {one.old: one.new for one in self.machine.sync().renamed}
        self.mine = {kind: [(new.get(id, id), word) for id, word in pairs] for kind, pairs in self.mine.items()}

    def edit(self, shared: str) -> None:
        """Add a line with an action item to notes that both machines have."""
        path, data = next((path, data) for path, data in self.machine.folder.items() if path.startswith(shared))
        assert data is not None
        task = next((id for id, _ in self.mine.get("task", [])), None)
        if task is not None:
            word = self.word()
            line = f"- [ ] @me {word} ({task})"
            self.mentions.append(Mention(word, "line", self.mine["task"][0][1]))
            self.machine.change({path: data.replace(b"Common notes.", f"Common notes.\n\n{line}\n".encode())})

    def rename(self, shared: str) -> None:
        """Give the file of a record that both machines have another name."""
        path, data = next((path, data) for path, data in self.machine.folder.items() if path.startswith(shared))
        words = self.random.choice(("other", "words", "z"))
        self.machine.change({path: None, f"{shared}-{words}.toml": data})


def case(seed: int) -> int:
    """Two machines write apart from few ids, then sync: all words are there, and every mention names what it named.

    Return how many ids changed.
    """
    random = Random(seed)
    remote = Remote()
    machines = [Machine(name, remote) for name in "ab"]
    put(machines[0], make_meeting(id="m9999", mentors=(), notes="Common notes.\n\nThe end."))
    put(machines[0], make_goal(id="g9999", title="Common goal"))
    if together := random.random() < 0.8:
        for machine in machines:
            machine.sync()
    else:  # the folder was copied, and never synced
        machines[1].folder = dict(machines[0].folder)
    writers = [Writer(machine, random, random.choice(("23", "2345"))) for machine in machines]
    for writer in writers:
        for _ in range(random.randrange(2, 9)):
            writer.make()
        if random.random() < 0.6:
            writer.edit("meetings/m9999")
        if random.random() < 0.5:
            writer.rename("goals/g9999")
        if together and random.random() < 0.3:
            writer.sync()
            writer.make()
    renamed = settled(*machines)
    for machine in machines:
        check(machine, writers)
    return renamed


def check(machine: Machine, writers: list[Writer]) -> None:
    """All words of the writers are on a machine, and every mention is of the record that was meant."""
    found = list(records(machine))
    by_id = {one.id: one for one in found}
    texts = {one.id: toml.dump(one).decode() for one in found}
    assert len(by_id) == len(found)
    for writer in writers:
        for word in writer.words:
            assert any(re.search(rf"\b{word}\b", text) for text in texts.values()), f"{word} is lost"
        for word, way, target in writer.mentions:
            holders = [id for id, text in texts.items() if re.search(rf"\b{word}\b", text)]
            assert len(holders) == 1
            if way == "line":
                named = re.findall(rf"{word} \((\w+)\)", texts[holders[0]])
            else:
                named = FIELDS[way](by_id[holders[0]])
            meant = [id for id in named if id in texts and re.search(rf"\b{target}\b", texts[id])]
            assert meant, f"{word} names {named} by its {way}, and not the record of {target}"


@pytest.mark.parametrize("seed", range(SEVERAL))
def test_every_mention_follows(seed: int) -> None:
    """Some cases of records that were made twice."""
    case(seed)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_every_mention_follows_in_all_cases() -> None:
    """Hundreds of cases of records that were made twice."""
    for seed in range(ALL):
        case(seed)


def test_the_cases_have_twins() -> None:
    """The cases are about what they say: most have records with one id on both machines."""
    assert sum(case(seed) > 0 for seed in range(SEVERAL)) > SEVERAL // 2
