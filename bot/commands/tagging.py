"""The command `tags`: the words by which a team sorts its cases."""

import argparse
import asyncio
from datetime import UTC, datetime
from typing import Any

import storage
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.tags import tag_name
from storage import Transaction


def add(commands: Any) -> None:
    words = "a team's tags for its cases: list them, add one, end one"
    tags = commands.add_parser("tags", help=words, description=words)
    tags.set_defaults(run=_tags)
    tags.add_argument("team", metavar="TEAM", help="the team's name")
    tags.add_argument("what", choices=("list", "add", "end"), nargs="?", default="list")
    tags.add_argument("name", metavar="NAME", nargs="?", help="the tag: a word of the team's, nobody's name or number")


def _tags(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    print(asyncio.run(_said(settings, asked)))


async def _said(settings: Settings, asked: argparse.Namespace) -> str:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            return await tag(db, asked.team, asked.what, asked.name, now=datetime.now(UTC))


async def tag(db: Transaction, team: str, what: str, name: str | None, *, now: datetime) -> str:
    """Change the list, if that is asked for; how it is then.

    Raises:
        CommandError: it can't be like that.
    """
    team_id = await storage.tags.team_named(db, team)
    if team_id is None:
        known = ", ".join(sorted(await storage.workers.teams_named(db)))
        raise CommandError(f"{team!r} is no team: expected one of {known}")
    if what == "add":
        await storage.tags.add(db, team_id, _named(name))
    elif what == "end" and not await storage.tags.end(db, team_id, _named(name), now=now):
        raise CommandError(f"team {team} has no tag {name!r}")
    names = [each.name for each in await storage.tags.of_team(db, team_id)]
    return "\n".join(names) if names else f"Team {team} has no tags."


def _named(text: str | None) -> str:
    if text is None:
        raise CommandError("which tag? expected its name")
    try:
        return tag_name(text)
    except ValueError as error:
        raise CommandError(f"{text!r}: {error}") from None
