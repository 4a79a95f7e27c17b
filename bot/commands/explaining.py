"""The command `explain`: what has fired in a case, at which rating, by which numbers; and what became of it.

It shows numbers, kinds of raters and the made-up label. Nobody's name is known here.
"""

import argparse
import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import storage
from bot.actions.weighing import in_meeting
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.alerts import Alert, Level, Raised, Rule, differing, raised_by
from bot.domain.cases import Case
from bot.domain.letters import LetterKind
from bot.domain.people import Kind
from bot.domain.points import in_points
from bot.domain.profiles import Profile
from bot.domain.ratings import Rating
from bot.domain.series import Series, series_of
from storage import Transaction
from storage.outbox import LetterState

COUNTS = frozenset({"running", "ratings", "count", "moves", "falls"})
"""Numbers that count something; all others are points."""


@dataclass(frozen=True)
class Kept:
    """An alert as it is kept, how far its letters are, and the code of the worker to whom it was passed on.

    `letter_of`: without a letter of its own it came as a line in the letter of this alert.
    """

    alert: Alert
    letters: Sequence[LetterState]
    passed_to: str | None
    letter_of: int | None = None


@dataclass(frozen=True)
class Told:
    """A case with all that there is to explain; `teams`: whose rules a rating is weighed by, by its worker's id."""

    case: Case
    ratings: Sequence[Rating]
    kept: Sequence[Kept]
    teams: Mapping[str, str]


def add(commands: Any) -> None:
    words = "what fired in a case and why: by rater, rating and rule, with the numbers; and what became of each alert"
    explain = commands.add_parser("explain", help=words, description=words)
    explain.set_defaults(run=_explain)
    explain.add_argument("case", metavar="CASE", help="the id or the label of the case")


def _explain(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    print("\n".join(lines(asyncio.run(_told(settings, asked.case)), settings.profile)))


async def _told(settings: Settings, name: str) -> Told:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            return await told(db, name.strip())


async def told(db: Transaction, name: str) -> Told:
    """
    Raises:
        CommandError: there is no such case, or several have this label.
    """
    case = await _case(db, name)
    ratings = await storage.ratings.of_case(db, case.id)
    kept = [await _kept(db, each) for each in await storage.alerts.of_case(db, case.id)]
    return Told(case, ratings, kept, await _teams(db, ratings))


async def _case(db: Transaction, name: str) -> Case:
    found = await storage.cases.called(db, name)
    if not found:
        raise CommandError(f"there is no case {name!r}: expected its id, or its label such as 'Koivu 42'")
    if len(found) > 1:
        ids = ", ".join(f"{each.id} (since {each.opened_at:%Y-%m-%d})" for each in found)
        raise CommandError(f"{len(found)} cases are called {name!r}: say which one by its id: {ids}")
    return found[0]


async def _kept(db: Transaction, alert: Alert) -> Kept:
    number = str(alert.number)
    letters = [
        *await storage.outbox.states_of(db, LetterKind.ALERT, number),
        *await storage.outbox.states_of(db, LetterKind.PASSED_ON, number),
    ]
    passed_to = await storage.workers.ever(db, alert.passed_to) if alert.passed_to else None
    code = passed_to.code if passed_to else None
    return Kept(alert, letters, code, None if letters else await _letter_of(db, alert))


async def _letter_of(db: Transaction, alert: Alert) -> int | None:
    for each in await storage.alerts.of_draft(db, alert.draft_id):
        if each.level is Level.ALERT and await storage.outbox.states_of(db, LetterKind.ALERT, str(each.number)):
            return each.number
    return None


async def _teams(db: Transaction, ratings: Sequence[Rating]) -> Mapping[str, str]:
    ids = {each.worker_id for each in ratings}
    workers = [await storage.workers.ever(db, each) for each in sorted(ids)]
    return {each.id: each.team for each in workers if each is not None}


# In words


def lines(told: Told, profile: Profile) -> Iterator[str]:
    case = told.case
    yield f"{case.label} ({case.id}), {case.state.value} since {case.opened_at:%Y-%m-%d}, profile {profile.name}"
    found = series_of(case, told.ratings)
    if not found:
        yield "Nobody has rated yet."
    for series in found:
        yield ""
        yield from _of_series(told, series, profile)


def _of_series(told: Told, series: Series, profile: Profile) -> Iterator[str]:
    totals = " ".join(in_points(each) for each in series.totals)
    cutoff = series.cutoff(profile)
    line = f", cutoff {in_points(cutoff)}" if cutoff is not None else ", no cutoff"
    yield f"{_who(told.case, series)}, {series.instrument.code.upper()}: {totals}{line}"
    for number, rating in enumerate(series.ratings, 1):
        team = told.teams.get(rating.worker_id, "")
        kept = {each.alert.rule: each for each in told.kept if each.alert.draft_id == rating.draft_id}
        raised = [*raised_by(series.first(number), profile, team=team), *_differing(told, rating, kept, profile)]
        now = {each.rule: each for each in raised}
        for rule in (each for each in Rule if each in now or each in kept):
            yield f"  {number}. {rating.at:%Y-%m-%d %H:%M} UTC  {rule.value}: {_why(now.get(rule), kept.get(rule))}"


def _differing(told: Told, rating: Rating, kept: Mapping[Rule, Kept], profile: Profile) -> Sequence[Raised]:
    """It is raised over the series of a meeting, and kept with the newest rating of them."""
    if Rule.RATERS_DIFFER not in kept:
        return ()
    series = series_of(told.case, told.ratings)
    meeting = in_meeting(series, rating.session_id or "", rating.subject_id or "")
    raised = differing(meeting, (), profile, team=told.teams.get(rating.worker_id, ""))
    return () if raised is None else (raised,)


def _who(case: Case, series: Series) -> str:
    rater = case.rater(series.rater_id)
    which = case.number_of(rater)
    who = f"{rater.kind.value} ({rater.band.value})" + (f" {which}" if which else "")
    subject = next((each for each in case.subjects if each.id == series.subject_id), None)
    if subject is None or rater.kind is Kind.CLIENT:
        return who
    number = case.number_of_subject(subject)
    return f"{who} about {subject.band.value}" + (f" {number}" if number else "")


def _why(raised: Raised | None, kept: Kept | None) -> str:
    return "; ".join(each for each in (_fired(raised), _became(kept)) if each)


def _fired(raised: Raised | None) -> str:
    """What is kept needn't be so any more."""
    if raised is None:
        return "not so any more: answers, or the profile, have been changed since"
    numbers = " ".join(f"{name} {_shown(name, number)}" for name, number in raised.numbers.items())
    return f"{raised.level.value}, {numbers}, since {raised.since:%Y-%m-%d}"


def _shown(name: str, number: int) -> str:
    if name in COUNTS:
        return str(number)
    return f"-{in_points(-number)}" if number < 0 else in_points(number)


def _became(kept: Kept | None) -> str:
    if kept is None:
        return "not kept"
    alert = kept.alert
    name = f"{'alert' if alert.level is Level.ALERT else 'kept as'} {alert.number}"
    told = [each.value for each in kept.letters]
    if alert.level is Level.ALERT and kept.letter_of is not None:
        told = [f"in the letter of alert {kept.letter_of}"]
    moments = {"opened": alert.opened_at, "talked about": alert.talked_at, "put off until": alert.later_at}
    said = [f"{what} {moment:%Y-%m-%d %H:%M}" for what, moment in moments.items() if moment is not None]
    passed = [f"passed on to {kept.passed_to}"] if kept.passed_to else []
    return ", ".join([name, *told, *passed, *said])
