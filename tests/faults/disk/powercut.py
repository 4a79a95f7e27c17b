"""A disk that loses its power: what was synced is there, and of the rest a random half, whole or torn.

It is harder than a real one: writes are lost, kept and torn each by itself and in any order, and so are names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.faults.disk.trace import Cut, Event, Made, Removed, Said, Synced, Wrote

SECTORS = (512, 4096)
TORN = 0.25
"""Of the writes that are kept."""

Change = Wrote | Cut


@dataclass
class Content:
    """A file: what is on the disk, and what was written and not synced yet."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.safe, change)
        self.pending.clear()

    def left(self, chance: Random) -> bytes:
        """What a power cut leaves of it."""
        content = bytearray(self.safe)
        for change in self.pending:
            for part in _kept(change, chance):
                _apply(content, part)
        return bytes(content)


class Disk:
    """One folder, followed event by event. Files are what they are, whatever name they have by now."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._named = {name: Content(bytearray(content)) for name, content in files.items()}
        self._safe_names = dict(self._named)
        self._pending_names: list[tuple[str, Content | None]] = []
        self.said: list[str] = []

    def follow(self, event: Event) -> None:
        match event:
            case Said(line):
                self.said.append(line)
            case Made(file):
                self._name(file, Content())
            case Removed(file):
                self._name(file, None)
            case Synced(""):
                self._safe_names = dict(self._named)
                self._pending_names.clear()
            case Synced(file):
                self._named[file].sync()
            case Wrote(file) | Cut(file):
                self._named[file].pending.append(event)

    def _name(self, name: str, content: Content | None) -> None:
        _rename(self._named, name, content)
        self._pending_names.append((name, content))

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """The files that are there when the power is back."""
        names = dict(self._safe_names)
        for name, content in self._pending_names:
            if chance.random() < 0.5:
                _rename(names, name, content)
        return {name: content.left(chance) for name, content in names.items()}


def _rename(names: dict[str, Content], name: str, content: Content | None) -> None:
    if content is None:
        names.pop(name, None)
    else:
        names[name] = content


def _kept(change: Change, chance: Random) -> Iterator[Change]:
    if chance.random() < 0.5:
        return
    if isinstance(change, Cut) or chance.random() >= TORN:
        yield change
    else:
        yield from (part for part in _sectors(change, chance.choice(SECTORS)) if chance.random() < 0.5)


def _sectors(write: Wrote, size: int) -> Iterator[Wrote]:
    """The write in pieces that end where the disk's sectors do."""
    at, end = write.at, write.at + len(write.content)
    while at < end:
        following = min(end, (at // size + 1) * size)
        yield Wrote(write.file, at, write.content[at - write.at : following - write.at])
        at = following


def _apply(content: bytearray, change: Change) -> None:
    """What lies between the old end and a write behind it is zeros."""
    end = change.size if isinstance(change, Cut) else change.at + len(change.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(change, Cut):
        del content[change.size :]
    else:
        content[change.at : end] = change.content


def cuts(events: Sequence[Event], files: Mapping[str, bytes], *, times: int, chance: Random) -> Iterator["AfterCut"]:
    """So many power cuts at random moments after the first line was said."""
    first = next(place for place, event in enumerate(events) if isinstance(event, Said))
    moments = sorted(chance.randrange(first, len(events)) for _ in range(times))
    disk, at = Disk(files), 0
    for moment in moments:
        for event in events[at : moment + 1]:
            disk.follow(event)
        at = moment + 1
        yield AfterCut(moment, disk.after_a_cut(chance), tuple(disk.said))


@dataclass(frozen=True)
class AfterCut:
    """The power was cut behind the event of this number: the files that are there, and what had been said."""

    moment: int
    files: dict[str, bytes]
    said: tuple[str, ...]
