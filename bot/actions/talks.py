"""What a worker does with an alert: sees it, opens it, talks about it with the family, or puts it off once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions import passing_on
from bot.actions.access import Alerted, access_alert
from bot.actions.weighing import is_so, place_of
from bot.domain.alerts import Alert, Level
from bot.domain.cases import Case, Rater
from bot.domain.letters import LetterKind
from bot.domain.people import Person, Worker
from bot.domain.series import Series, series_of
from bot.domain.times import put_off
from bot.domain.weighing import Weighing
from storage import Transaction


@dataclass(frozen=True)
class AlertView:
    """An alert with what else its rating has raised, the gravest first, and the series up to that rating.

    Not `so`: the answers have been changed, and nothing is left of it. `stands_in`: for a deputy, who sees the alert
    and not the case.
    """

    alert: Alert
    others: tuple[Alert, ...]
    case: Case
    rater: Rater
    series: Series
    so: bool = True
    stands_in: bool = False


async def show(db: Transaction, person: Person, numbers: Sequence[int], *, weighing: Weighing) -> AlertView | None:
    """What a letter about these tells, by the first of them that is still so; None when none is.

    Before it is said that none is, who has the case in hand is waited for: they may be making it so again, and find
    this letter on its way.

    Raises:
        Refusal: the case isn't this worker's (any more).
    """
    view = await _still_so(db, person, numbers, weighing)
    if view is None and await storage.cases.hold_of_alert(db, numbers[0]):
        view = await _still_so(db, person, numbers, weighing)
    return view


async def _still_so(db: Transaction, person: Person, numbers: Sequence[int], weighing: Weighing) -> AlertView | None:
    found = [await storage.alerts.get(db, each) for each in numbers]
    alert = next((each for each in found if each is not None), None)
    case = await storage.cases.get(db, alert.case_id) if alert else None
    if alert is None or case is None:
        return None
    so = [each.number for each in await _so(db, case, alert, weighing) if each.level is Level.ALERT]
    first = next((each for each in numbers if each in so), None)
    if first is None:
        return None
    return await _view(db, await access_alert(db, person, first, hold=False), weighing)


async def _so(db: Transaction, case: Case, alert: Alert, weighing: Weighing) -> Sequence[Alert]:
    """All that the alert's rating has raised and that is still so, the gravest first."""
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    return [each for each in await storage.alerts.of_draft(db, alert.draft_id) if is_so(each, series, weighing)]


async def _view(db: Transaction, alerted: Alerted, weighing: Weighing) -> AlertView:
    """As it is now; when the alert itself was taken back, by the gravest one that came with it."""
    case, alert = alerted.case, alerted.alert
    so = await _so(db, case, alert, weighing)
    alerts = [each for each in so if each.level is Level.ALERT]
    shown = alert if alert in so else alerts[0] if alerts else alert
    own = place_of(alert, series_of(case, await storage.ratings.of_case(db, case.id)))
    assert own is not None, "a rating takes what it has raised along"
    rater = case.rater(own.rater_id)
    others = tuple(each for each in so if each.number != shown.number)
    return AlertView(shown, others, case, rater, own, shown in so, alerted.stands_in)


async def look(db: Transaction, person: Person, number: int, *, weighing: Weighing) -> AlertView:
    """As it is now, for a worker of the case or who stands in; nothing changes."""
    return await _view(db, await access_alert(db, person, number, hold=False), weighing)


async def open_alert(db: Transaction, person: Person, number: int, *, weighing: Weighing, now: datetime) -> AlertView:
    """Somebody looks at it: it needn't be passed on any more."""
    alerted = await access_alert(db, person, number)
    await storage.alerts.open_all(db, alerted.alert.draft_id, now=now)
    return await look(db, person, number, weighing=weighing)


async def talk_about(db: Transaction, person: Person, number: int, *, weighing: Weighing, now: datetime) -> AlertView:
    """It was talked about with the family."""
    alerted = await access_alert(db, person, number)
    await storage.alerts.talk_about_all(db, alerted.alert.draft_id, now=now)
    return await look(db, person, number, weighing=weighing)


async def put_off_alert(
    db: Transaction, person: Person, number: int, *, weighing: Weighing, now: datetime
) -> AlertView:
    """It comes again once; and has the same time then to be opened. Nothing happens a second time."""
    alerted = await access_alert(db, person, number)
    until = put_off(now, weighing.zone)
    if await storage.alerts.put_off_all(db, alerted.alert.draft_id, until=until):
        await _come_again(db, person, alerted.alert, alerted.worker, until=until, now=now)
        if alerted.alert.opened_at is None and alerted.alert.passed_to is None:
            await passing_on.plan(db, alerted.alert, [alerted.worker], since=until, weighing=weighing, now=now)
    return await look(db, person, number, weighing=weighing)


async def _come_again(
    db: Transaction, person: Person, alert: Alert, worker: Worker, *, until: datetime, now: datetime
) -> None:
    about, key = {"alert": str(alert.number), "worker": worker.id}, str(alert.number)
    await storage.outbox.put(db, LetterKind.PUT_OFF, person.id, about, key=key, now=now, not_before=until)
