"""Reads from the code itself where failpoints are, and which awaits have none."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
ROOMS: Final = (
    "storage/database.py",
    "storage/writer.py",
    "storage/alone.py",
    "storage/ending.py",
    "bot/wire.py",
    "bot/in_hand.py",
    "bot/intake.py",
    "bot/polling.py",
    "bot/heartbeat.py",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "bot/courier").rglob("*.py")),
)
"""In these files each await of the database or the network has a name."""
OURS: Final[Mapping[str, str]] = {
    "self._alone": "Alone",
    "self._writer": "Writer",
    "self._locks": "Locks",
    "self._shared": "_Shared",
    "self._house.database": "Database",
    "self._in_hand": "InHand",
    "self.house.in_hand": "InHand",
    "self._pace": "Pace",
}
"""Where in these files something of a class of theirs is kept."""
INSIDE: Final = frozenset(
    {
        ("storage/alone.py", "self._lines.before(name)"),
        ("storage/writer.py", "self._turn"),
        ("storage/writer.py", "work"),
        ("bot/in_hand.py", "self.changed.wait()"),
        ("bot/intake.py", "self._turned_away.wait()"),
        ("bot/polling.py", "self.house.in_hand.changed.wait()"),
        ("bot/polling.py", "end"),
        ("bot/intake.py", "work()"),
        ("bot/courier/loop.py", "self._house.letters_waiting.wait()"),
        ("bot/courier/loop.py", "self._house.writing_to(letter.person_id)"),
    }
)
"""Locks and events of this program, what a caller gave that had to be one of ours, and `Database.alone` under another
name: each is there."""
TIMES: Final = frozenset({"asyncio.sleep", "asyncio.timeout"})
TASKS: Final = frozenset({"asyncio.wait", "asyncio.gather", "asyncio.shield"})
"""They wait for tasks and futures that there are; what is made on the spot must be ours itself."""
COMPLETED: Final = frozenset({"asyncio.create_task", "asyncio.ensure_future", "to_the_end"})
WRAPPERS: Final = COMPLETED | {"self._within", "_after", "_said"}
"""What is given to them is awaited there."""
TABLE: Final = "KINDS"
"""What a dictionary of functions is called that another file takes over."""
FAILPOINTS: Final = frozenset({"at", "within"})
NAME: Final = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")


@dataclass(frozen=True)
class Named:
    """A failpoint, as the code has it: in which file it stands."""

    file: str
    name: str
    block: bool

    @property
    def place(self) -> str:
        """Its file; in a folder that is called like its room, the folder."""
        folder, room = Path(self.file).parent, self.name.split(".")[0]
        return str(folder) if folder.name == room else self.file

    @property
    def places(self) -> tuple[str, ...]:
        """By which names a watcher hears of it."""
        return (f"{self.name}.enter", f"{self.name}.leave") if self.block else (self.name,)


@dataclass(frozen=True)
class Room:
    """One file: its tree, and the names of its classes' functions, of its own functions and of what it imports."""

    file: str
    tree: ast.Module

    @property
    def functions(self) -> frozenset[str]:
        return frozenset(each.name for each in self.tree.body if isinstance(each, ast.AsyncFunctionDef))

    @property
    def methods(self) -> frozenset[tuple[str, str]]:
        """Pairs of class and function; a function that hands on one of ours (`Database.alone`) counts, too."""
        classes = [each for each in self.tree.body if isinstance(each, ast.ClassDef)]
        functions = (ast.AsyncFunctionDef, ast.FunctionDef)
        return frozenset((each.name, one.name) for each in classes for one in each.body if isinstance(one, functions))

    @property
    def tables(self) -> frozenset[str]:
        """Dictionaries of the file whose values are its own functions, or those of other files' such dictionaries."""
        return frozenset(ast.unparse(each.target) for each in self._named if self._has_functions(each.value))

    @property
    def breaks_a_table(self) -> bool:
        """A dictionary that others rely on has more in it than its own functions."""
        return TABLE in {ast.unparse(each.target) for each in self._named} - self.tables

    @property
    def _named(self) -> list[ast.AnnAssign]:
        return [each for each in self.tree.body if isinstance(each, ast.AnnAssign)]

    def _has_functions(self, value: ast.expr | None) -> bool:
        if not isinstance(value, ast.Dict):
            return False
        own = {ast.unparse(each) for key, each in zip(value.keys, value.values, strict=True) if key is not None}
        others = {ast.unparse(each) for key, each in zip(value.keys, value.values, strict=True) if key is None}
        return own <= self.functions and all(each.endswith(f".{TABLE}") for each in others)


def room(file: str, source: str | None = None) -> Room:
    return Room(file, ast.parse((ROOT / file).read_text() if source is None else source))


def rooms() -> tuple[Room, ...]:
    return tuple(room(file) for file in ROOMS)


def project() -> tuple[Room, ...]:
    """All files of the bot."""
    files = chain((ROOT / "bot").rglob("*.py"), (ROOT / "storage").rglob("*.py"))
    return tuple(room(str(path.relative_to(ROOT))) for path in sorted(files))


# Names


def named(found: Sequence[Room]) -> list[Named]:
    """All failpoints in these files."""
    return [Named(each.file, *_name_of(call)) for each in found for call in _calls(each)]


def _calls(found: Room) -> Iterator[ast.Call]:
    nodes = (node for node in ast.walk(found.tree) if isinstance(node, ast.Call))
    return (node for node in nodes if ast.unparse(node.func).removeprefix("failpoints.") in FAILPOINTS)


def _name_of(call: ast.Call) -> tuple[str, bool]:
    first = call.args[0]
    name = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ast.unparse(call)
    return name, ast.unparse(call.func).endswith("within")


def misnamed(found: Sequence[Room]) -> list[str]:
    """Names that are there twice, aren't of the form `room.what`, or whose room isn't one file's or folder's."""
    names = named(found)
    twice = [each.name for each in names if sum(other.name == each.name for other in names) > 1]
    odd = [each.name for each in names if not NAME.fullmatch(each.name)]
    files = {(each.name.split(".")[0], each.place) for each in names}
    shared = [f"{room}: {file}" for room, file in files if sum(other == room for other, _ in files) > 1]
    lodgers = [f"{room}: {file}" for room, file in files if sum(other == file for _, other in files) > 1]
    return sorted({*twice, *odd, *shared, *lodgers})


# Awaits


def unmarked(found: Sequence[Room]) -> list[str]:
    """What waits for something outside and has no failpoint: file, line and source."""
    coroutines = frozenset(chain.from_iterable(each.functions for each in found))
    methods = frozenset(chain.from_iterable(each.methods for each in found))
    broken = [f"{each.file} {TABLE}" for each in found if each.breaks_a_table]
    return broken + [
        f"{each.file}:{node.lineno} {ast.unparse(node)}"
        for each in found
        for node in awaited(each)
        if not _is_covered(each, node, coroutines, methods)
    ]


def awaited(found: Room) -> Iterator[ast.expr]:
    """Whatever the file awaits, enters, goes through, or lets a task await."""
    for node in ast.walk(found.tree):
        match node:
            case ast.Await():
                yield node.value
            case ast.AsyncWith():
                yield from (item.context_expr for item in node.items)
            case ast.AsyncFor():
                yield node.iter
            case ast.comprehension(is_async=1):
                yield node.iter
            case ast.Call() if ast.unparse(node.func) in WRAPPERS:
                yield from (each for each in node.args if isinstance(each, ast.Call) and not _is_lookup(each))


def _is_lookup(call: ast.Call) -> bool:
    """`.get(...)` and `.values()` of a dictionary of tasks."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"get", "values"}


def _is_covered(found: Room, node: ast.expr, coroutines: frozenset[str], methods: frozenset[tuple[str, str]]) -> bool:
    if (found.file, ast.unparse(node)) in INSIDE:
        return True
    if not isinstance(node, ast.Call):
        return False
    function = ast.unparse(node.func)
    if function in TASKS:
        return not any(_makes_something(each) for each in node.args)
    if isinstance(node.func, ast.Subscript):
        table = ast.unparse(node.func.value)
        return table in found.tables or table.endswith(f".{TABLE}")
    return function in FAILPOINTS | TIMES | COMPLETED or _is_ours(found, function, coroutines, methods)


def _makes_something(argument: ast.expr) -> bool:
    return any(isinstance(part, ast.Call) and not _is_lookup(part) for part in ast.walk(argument))


def _is_ours(found: Room, function: str, coroutines: frozenset[str], methods: frozenset[tuple[str, str]]) -> bool:
    """A function of these files, or a method of one of their classes on something that is known to be one."""
    owner, _, name = function.rpartition(".")
    if not owner:
        return name in coroutines
    if owner == "self":
        return any(name == method for _, method in found.methods)
    return (OURS.get(owner, ""), name) in methods
