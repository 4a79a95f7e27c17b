"""The model and the bot in one language: which row of the database is which rating of the model, and what differs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.sandbox.chats import Bubble
from storage import Database, schema
from tests.faults.histories.model import ALLIANCE, OUTCOME, RULES, Key, Model, Seen
from tests.faults.histories.screens import SAVED, says

MEASURES = {"ors": OUTCOME, "cors": OUTCOME, "srs": ALLIANCE, "csrs": ALLIANCE}
MEETS = ("start", "close", "unasked")
NUMBERED = ("answer", "back", "change")

Everything = dict[str, list[tuple[Any, ...]]]


class Differs(AssertionError):
    """What is isn't what the model says."""


def same(found: object, meant: object) -> None:
    """
    Raises:
        Differs: they aren't equal.
    """
    if found != meant:
        raise Differs(f"found {found}, meant {meant}")


def all_same(found: Everything, meant: Everything) -> None:
    """
    Raises:
        Differs: with what is on one side only, or more often there.
    """
    if found == meant:
        return
    rows, others = (Counter((name, row) for name in each for row in each[name]) for each in (found, meant))
    same([*(rows - others).elements()], [*(others - rows).elements()])


@dataclass
class Sight:
    """What the rows of this history mean. `raters` and `children` are names by id; meetings stand in their order."""

    raters: Mapping[str, str]
    children: Mapping[str, str]
    meetings: list[str] = field(default_factory=list)
    keys: dict[str, Key] = field(default_factory=dict)
    ids: dict[Key, str] = field(default_factory=dict)

    async def learns(self, database: Database, model: Model) -> None:
        """Which rows are which, when there are more than we know."""
        if len(self.keys) == len(model.sheets):
            return
        s, d = schema.sessions.c, schema.drafts
        async with database.transaction() as db:
            self.meetings += [each.id for each in await db.rows(select(s.id)) if each.id not in self.meetings]
            for row in await db.rows(select(d)):
                about = self.children.get(row.subject_id, "")
                key = (
                    self.meetings.index(row.session_id) + 1,
                    self.raters[row.rater_id],
                    MEASURES[row.instrument],
                    about,
                )
                if row.id not in self.keys and key in self.ids:
                    raise Differs(f"there are two drafts of {key}")
                self.keys[row.id], self.ids[key] = key, row.id

    def draft_of(self, raw: Mapping[str, Any]) -> str | None:
        """Which draft a tap names, if one."""
        said = raw.get("callback_query", {}).get("data", "").split("/")[1:2]
        return next((each for each in said if each in self.keys), None)

    def tells(self, model: Model, raw: Mapping[str, Any], now: datetime) -> None:
        """The model hears of an update that has been taken in."""
        model.done.add(raw["update_id"])
        verb, *said = raw.get("callback_query", {}).get("data", "none").split("/")
        if verb in MEETS:
            model.meets(verb, self.meetings.index(said[0]) + 1 if said[0] in self.meetings else 0, now)
        elif said and said[0] in self.keys:
            number = int(said[1]) if verb in NUMBERED else 0
            score = int(said[2]) if verb == "answer" else 0
            model.taps(verb, self.keys[said[0]], number, score, said[-1], now)

    # The database

    async def kept(self, database: Database) -> Everything:
        d, i, r, a = schema.drafts, schema.draft_items, schema.ratings, schema.alerts
        async with database.transaction() as db:
            drafts, items = await db.rows(select(d)), await db.rows(select(i))
            ratings, alerts = await db.rows(select(r)), await db.rows(select(a).where(a.c.rule.in_(RULES)))
            updates = await db.rows(select(schema.updates.c.id, schema.updates.c.parked))
        return {
            "drafts": sorted((self._key(row.id), row.state, row.present, row.skip_reason) for row in drafts),
            "items": sorted((self._key(row.draft_id), row.item, row.score) for row in items),
            "ratings": sorted(
                (self._key(row.draft_id), (row.item1, row.item2, row.item3, row.item4), row.total) for row in ratings
            ),
            "alerts": sorted((self._key(row.draft_id), row.rule) for row in alerts),
            "numbers of alerts": [(len({row.number for row in alerts}),)],
            "updates": sorted((row.id, bool(row.parked)) for row in updates),
        }

    def _key(self, draft_id: str) -> Key:
        return self.keys.get(draft_id, (0, draft_id, "", ""))

    def meant(self, model: Model) -> Everything:
        sheets = model.sheets.values()
        scores = [(each.key, item, score) for each in sheets for item, score in enumerate(each.scores, 1)]
        return {
            "drafts": sorted((each.key, each.state, each.present, each.why) for each in sheets),
            "items": sorted((key, item, score * 10) for key, item, score in scores if score is not None),
            "ratings": sorted(
                (key, tuple(score * 10 for score in each.scores), sum(each.scores) * 10)
                for key, each in model.given.items()
            ),
            "alerts": sorted(model.alerts),
            "numbers of alerts": [(len(model.alerts),)],
            "updates": sorted((each, False) for each in model.done),
        }

    # The screens

    def judges(self, bubble: Bubble, tapped: Iterable[str], model: Model, now: datetime) -> None:
        """A new screen of a rating shows its present state; and who is thanked has given one that was `tapped`."""
        shown = says(bubble)
        if shown is not None:
            key = self._key(shown[0])
            same((key, shown[1]), (key, model.shows(key, now)))
        states = [model.shows(self._key(draft), now) for draft in tapped]
        if SAVED in bubble.text and states and "sent" not in states:
            raise Differs(f"somebody is thanked for what is {states}")

    def present(self, model: Model, who: str, now: datetime) -> list[tuple[str, Seen]]:
        """What /start shows of ratings."""
        key = model.unfinished(who, now)
        return [(self.ids[key], model.shows(key, now))] if key else []
