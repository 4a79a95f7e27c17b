"""Each await of the database or the network has a failpoint with a name of its own: read from the syntax tree."""

import ast

import pytest

from tests.faults.failpoints.reading import INSIDE, awaited, misnamed, named, project, room, rooms, unmarked

BARE = {
    "an await": "async def go(c):\n    await c.execute(1)",
    "an await in a call of ours": "async def go(c):\n    await own(await c.execute(1))\nasync def own(c): ...",
    "a name that isn't ours": "async def go(c):\n    await elsewhere(c)",
    "a method that isn't ours": "class A:\n    async def go(self):\n        await self._connection.commit()",
    "a name like one of ours, of something else": (
        "class A:\n    async def close(self):\n        await self._connection.close()"
    ),
    "entering a block": "async def go(c):\n    async with c.begin():\n        pass",
    "going through rows": "async def go(c):\n    async for row in c.stream(1):\n        pass",
    "rows in brackets": "async def go(c):\n    return [row async for row in c.stream(1)]",
    "something that is gathered": "async def go(c):\n    await asyncio.gather(c.execute(1))",
    "a task": "def go(c):\n    return asyncio.create_task(c.execute(1))",
    "what is done to the end": "async def go(c):\n    await to_the_end(c.close())",
    "a table for others with more than its own": "KINDS: dict = {1: other}",
    "a table that takes over something else": (
        "TABLE: dict = {**c.others}\nasync def go(c):\n    await TABLE[1](c)\nasync def own(c): ..."
    ),
    "a table of others": "TABLE: dict = {1: other}\nasync def go(c):\n    await TABLE[1](c)",
}
MARKED = {
    "a failpoint": "async def go(c):\n    await at('room.what', c.execute(1))",
    "a block": "async def go(c):\n    async with within('room.what', c.begin()):\n        pass",
    "a coroutine of the file": "async def go(c):\n    await own(c)\nasync def own(c): ...",
    "a table of the file": "TABLE: dict = {1: own}\nasync def go(c):\n    await TABLE[1](c)\nasync def own(c): ...",
    "a table of others' tables": "TABLE: dict = {**c.KINDS}\nasync def go(c):\n    await TABLE[1](c)",
    "another's table": "async def go(c):\n    await other.KINDS[1](c)",
    "a moment": "async def go(c):\n    await asyncio.sleep(1)",
    "tasks that there are": "async def go(c):\n    await asyncio.gather(*c.values())",
}


def test_each_await_of_the_database_or_the_network_is_a_failpoint() -> None:
    assert unmarked(rooms()) == []


def test_names_are_unique_and_say_their_room() -> None:
    assert misnamed(project()) == []


def test_failpoints_are_only_in_rooms_that_are_read() -> None:
    assert {each.file for each in named(project())} <= {each.file for each in rooms()}


def test_what_is_said_to_wait_for_nothing_outside_is_there() -> None:
    assert {(each.file, ast.unparse(node)) for each in rooms() for node in awaited(each)} >= INSIDE


@pytest.mark.parametrize("source", BARE.values(), ids=BARE)
def test_an_await_without_a_failpoint_is_found(source: str) -> None:
    assert len(unmarked([room("sample.py", source)])) == 1


@pytest.mark.parametrize("source", MARKED.values(), ids=MARKED)
def test_what_has_one_or_needs_none_is_let_be(source: str) -> None:
    assert unmarked([room("sample.py", source)]) == []


def test_a_name_that_is_used_twice_is_found() -> None:
    twice = "async def go(c):\n    await at('room.what', c)\n    await at('room.what', c)"
    assert misnamed([room("sample.py", twice)]) == ["room.what"]


@pytest.mark.parametrize("name", ["what", "Room.what", "room.what.more", "room.", "room.what it does"])
def test_a_name_of_another_form_is_found(name: str) -> None:
    assert misnamed([room("sample.py", f"async def go(c):\n    await at('{name}', c)")]) == [name]


def test_a_name_that_is_put_together_is_found() -> None:
    assert misnamed([room("sample.py", "async def go(c, n):\n    await at('room.' + n, c)")]) == ["at('room.' + n, c)"]


def test_a_room_of_two_files_is_found() -> None:
    sources = {"one.py": "at('room.one', c)", "two.py": "at('room.two', c)"}
    found = misnamed([room(file, source) for file, source in sources.items()])
    assert found == ["room: one.py", "room: two.py"]


def test_the_files_of_a_folder_may_share_its_room() -> None:
    sources = {"bot/room/one.py": "at('room.one', c)", "bot/room/two.py": "at('room.two', c)"}
    assert misnamed([room(file, source) for file, source in sources.items()]) == []
