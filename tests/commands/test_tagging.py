"""A team's tags, from the command line."""

import pytest
from sqlalchemy import select

import storage
from bot.commands.ground import CommandError
from bot.commands.tagging import tag
from bot.domain.people import Role
from storage import Database
from storage.schema import tags
from tests.storage.family import NOW


@pytest.fixture
async def team(database: Database) -> Database:
    async with database.transaction() as db:
        for name, code in (("pihlaja", "KOIVU-27"), ("haapa", "PAJU-3")):
            await storage.workers.add(db, team=name, code=code, role=Role.WORKER, now=NOW)
    return database


async def said(database: Database, *words: str) -> str:
    team, what, name = (*words, *(None,) * 3)[:3]
    async with database.transaction() as db:
        return await tag(db, team or "", what or "list", name, now=NOW)


async def test_tags_are_added_and_ended_and_each_team_has_its_own(team: Database) -> None:
    assert await said(team, "pihlaja") == "Team pihlaja has no tags."
    assert await said(team, "pihlaja", "add", "School") == "School"
    assert await said(team, "pihlaja", "add", "  Evening   group ") == "Evening group\nSchool"
    assert await said(team, "haapa") == "Team haapa has no tags."
    assert await said(team, "pihlaja", "end", "school") == "Evening group"


async def test_the_same_is_there_once_and_what_was_ended_can_begin_again(team: Database) -> None:
    await said(team, "pihlaja", "add", "School")
    assert await said(team, "pihlaja", "add", "SCHOOL") == "SCHOOL"
    await said(team, "pihlaja", "end", "School")
    assert await said(team, "pihlaja", "add", "School") == "School"
    async with team.transaction() as db:
        assert len(await db.rows(select(tags))) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("koivikko",), "'koivikko' is no team: expected one of haapa, pihlaja"),
        (("pihlaja", "add"), "which tag? expected its name"),
        (("pihlaja", "end", "School"), "team pihlaja has no tag 'School'"),
        (("pihlaja", "add", "0401234567"), "'0401234567': a tag has at most 4 digits: it is a word of the team's, and"),
    ],
)
async def test_what_can_not_be_is_said_and_changes_nothing(team: Database, words: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError) as caught:
        await said(team, *words)
    assert str(caught.value).startswith(why)
    assert await said(team, "pihlaja") == "Team pihlaja has no tags."
