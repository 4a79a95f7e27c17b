"""What a program did to the files of one folder and said on standard output, in order, as strace saw it.

Nothing that could change a file may go by unseen: a call that isn't understood here is an error.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLLOWED: Final = "?open,openat,?openat2,?creat,pwrite64,write,?unlink,unlinkat,fsync,fdatasync,ftruncate"
STRANGE: Final = (
    "writev,pwritev,?pwritev2,truncate,fallocate,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat"
    ",sendfile,?copy_file_range,splice,?sync,syncfs,sync_file_range"
)
OPTIONS: Final = ("-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", "signal=none", "-e", f"trace={FOLLOWED},{STRANGE}")
MEMORY: Final = "-shm"
"""SQLite's index of the log. It is shared memory, and made anew from the log after a crash."""


@dataclass(frozen=True)
class Made:
    """A file that wasn't there."""

    file: str


@dataclass(frozen=True)
class Removed:
    file: str


@dataclass(frozen=True)
class Wrote:
    file: str
    at: int
    content: bytes


@dataclass(frozen=True)
class Cut:
    """The file has this size now."""

    file: str
    size: int


@dataclass(frozen=True)
class Synced:
    """All that was written to the file before is on the disk; of the folder (no name): its names are."""

    file: str


@dataclass(frozen=True)
class Said:
    """A line on standard output."""

    line: str


UNFINISHED: Final = " <unfinished ...>"
_CALL: Final = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>.*)")
_OPEN_FILE: Final = re.compile(r"\d+<((?:\\x[0-9a-f]{2})*)>")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Event = Made | Removed | Wrote | Cut | Synced | Said


class NotUnderstoodError(Exception):
    """The instrument would be blind here."""


def watched(strace: str, command: Sequence[str | Path], folder: Path, within: Path, trace: Path) -> list[Event]:
    """Run the command to its end; what it did to the files of `folder`, and what it said."""
    there = frozenset(each.name for each in folder.iterdir())
    done = subprocess.run(
        [strace, *OPTIONS, "-o", trace, *command], cwd=within, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode != 0:
        raise RuntimeError(f"strace or what it watches ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    with trace.open(encoding="ascii") as lines:
        return list(events(whole_calls(lines), folder, there))


def whole_calls(lines: Iterable[str]) -> Iterator[str]:
    """Each call in one line, without its thread, in the order in which they ended.

    One that another thread's came between is in two lines of the trace.
    """
    begun: dict[str, str] = {}
    for line in lines:
        thread, call = line.rstrip("\n").split(maxsplit=1)
        if call.endswith(UNFINISHED):
            begun[thread] = call.removesuffix(UNFINISHED)
        elif call.startswith("<..."):
            yield begun.pop(thread) + call.partition("resumed>")[2]
        else:
            yield call


def events(calls: Iterable[str], folder: Path, there: frozenset[str]) -> Iterator[Event]:
    """What the calls mean for the files of the folder, of which these are there at the beginning.

    Raises:
        NotUnderstoodError: a call that this instrument would be blind for.
    """
    reader = _Reader(folder, set(there))
    for call in calls:
        if not call.startswith("+++"):
            yield from reader.read(call)


class _Reader:
    def __init__(self, folder: Path, names: set[str]) -> None:
        self._folder = str(folder.resolve())
        self._names = names

    def read(self, call: str) -> Iterator[Event]:
        found = _CALL.fullmatch(call)
        if found is None:
            raise NotUnderstoodError(call[:200])
        name, arguments, result = found["name"], found["arguments"], found["result"]
        if result.startswith(("-1 ", "?")):
            return
        if name == "openat":
            yield from self._opened(arguments, _path(result))
        elif name == "write" and arguments.startswith("1<"):
            yield from (Said(line) for line in _text(arguments).decode().splitlines())
        elif (file := self._file(_path(arguments))) is not None:
            yield from () if file.endswith(MEMORY) else self._done(name, file, arguments, result)
        elif self._folder in _decoded(arguments):
            raise NotUnderstoodError(f"{name} {_decoded(arguments)[:200]}")

    def _opened(self, arguments: str, path: str) -> Iterator[Event]:
        file = self._file(path)
        if not file or file.endswith(MEMORY):
            return
        if file not in self._names:
            self._names.add(file)
            yield Made(file)
        if "O_TRUNC" in arguments:
            yield Cut(file, 0)

    def _file(self, path: str) -> str | None:
        """The name of a file in the folder, empty for the folder itself; None: it is none of these."""
        if path == self._folder:
            return ""
        folder, _, name = path.rpartition("/")
        return name if folder == self._folder else None

    def _done(self, name: str, file: str, arguments: str, result: str) -> Iterator[Event]:
        if name == "pwrite64":
            place = int(arguments.rpartition(", ")[2])
            yield Wrote(file, place, _text(arguments)[: int(result)])
        elif name in ("fsync", "fdatasync"):
            yield Synced(file)
        elif name == "ftruncate":
            yield Cut(file, int(arguments.rpartition(", ")[2]))
        elif name == "unlink":
            self._names.discard(file)
            yield Removed(file)
        else:
            raise NotUnderstoodError(f"{name} of {file}")


def _path(arguments: str) -> str:
    """The path behind the first open file that is named there, or else the path that is given."""
    found = _OPEN_FILE.search(arguments) or _STRING.search(arguments)
    return _unhexed(found[1]).decode() if found else ""


def _text(arguments: str) -> bytes:
    found = _STRING.search(arguments)
    if found is None or arguments[found.end() :].startswith("..."):
        raise NotUnderstoodError("a text that isn't there to its end")
    return _unhexed(found[1])


def _decoded(arguments: str) -> str:
    """For a look at all paths: the paths and texts as they are."""
    return " ".join(
        _unhexed(each).decode(errors="replace") for found in (_OPEN_FILE, _STRING) for each in found.findall(arguments)
    )


def _unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
