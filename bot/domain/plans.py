"""A planned meeting: when it is, who comes; when they are asked before it, and when it counts as over.

Days and times are local, moments are UTC: a weekly meeting stays at its local time when the clocks change.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.errors import Reason, Refusal
from bot.domain.times import EVENING, WORK_BEGINS, WORK_ENDS, QuietHours, Rule, allowed_at, on

FIRST_TIME, LAST_TIME = time(6), time(22)
"""Nobody meets at night; and no clock is changed between these times."""
HORIZON = timedelta(days=183)
ASKED_BEFORE = timedelta(hours=2)
ASKED_LAST = timedelta(hours=1)
"""Later than this before a meeting nobody is asked: they are on their way."""
LASTS = timedelta(hours=1)
AROUND = timedelta(hours=3)
"""So long before its time a meeting that was started by hand is the planned one."""
COUNTS_FOR = timedelta(hours=48)
"""What somebody says of themself belongs to the next planned meeting within so long."""
STANDS_FOR = timedelta(days=6)
"""A request that stands unanswered isn't put again when its meeting has been moved; the week after it is."""
CARD_AT = time(16)
"""When the card comes of a meeting that begins before or after working hours."""
SHOWN_WEEKS = 8
"""So many weeks of a weekly one are listed, to move or to leave out one of them."""
_MINUTE, _DAY, _WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)


class PlanState(StrEnum):
    """BEING_MADE until the worker has said yes to it; then ON, until it has taken place or was stopped: OVER."""

    BEING_MADE = "being_made"
    ON = "on"
    OVER = "over"


@dataclass(frozen=True)
class Plan:
    """A meeting of a case at a moment to come; of a weekly one, the next time. `rater_ids`: who is to be there.

    `left_out`: weeks in which a weekly one isn't, each by its Monday.
    """

    id: str
    case_id: str
    worker_id: str
    at: datetime
    weekly: bool
    rater_ids: tuple[str, ...]
    state: PlanState
    left_out: tuple[date, ...] = ()

    def next_after(self, moment: datetime, zone: tzinfo) -> datetime:
        """A weekly one's next time later than the one it has, and than this moment: the same day and local time."""
        local = self.at.astimezone(zone)
        rule, found = Rule(local.time(), local.weekday()), max(self.at, moment)
        while True:
            found = rule.next_after(found, zone)
            if week_of(found, zone) not in self.left_out:
                return found

    def in_week(self, week: date, zone: tzinfo) -> datetime | None:
        """When a weekly one is in the week of this Monday, if it isn't left out; None: the zone has no such day."""
        local = self.at.astimezone(zone)
        return on(week + local.weekday() * _DAY, local.time(), zone)

    def weeks(self, zone: tzinfo, *, now: datetime) -> tuple[date, ...]:
        """The next weeks of a weekly one, and those left out that are still to come: each by its Monday."""
        first = week_of(self.at, zone)
        wanted = {*self.left_out, *(first + each * _WEEK for each in range(SHOWN_WEEKS))}
        return tuple(sorted(each for each in wanted if (self.in_week(each, zone) or now) > now))


def week_of(moment: datetime, zone: tzinfo) -> date:
    """The Monday of its local week."""
    day = moment.astimezone(zone).date()
    return day - day.weekday() * _DAY


def planned_at(day: date, at: time, zone: tzinfo, *, now: datetime) -> datetime:
    """The moment of a meeting on this local day and time, if one can be planned for then.

    Raises:
        Refusal: it is past, farther away than half a year, or at night.
    """
    if not FIRST_TIME <= at <= LAST_TIME:
        raise Refusal(Reason.AT_NIGHT)
    today = now.astimezone(zone).date()
    moment = on(day, at, zone) if today <= day else None
    if moment is None or moment <= now:
        raise Refusal(Reason.PAST)
    if day - today > HORIZON:
        raise Refusal(Reason.TOO_FAR)
    return moment


def asked_at(at: datetime, quiet: QuietHours | None, zone: tzinfo) -> datetime:
    """When they are asked how they have been: two hours before the meeting, if phones may ring then.

    If not, as soon as they may, until an hour before; else the evening before the quiet hours.
    """
    wanted = at - ASKED_BEFORE
    allowed = allowed_at(wanted, quiet, zone)
    if allowed <= at - ASKED_LAST or quiet is None:
        return allowed
    return _evening_before(wanted, quiet, zone)


def _evening_before(moment: datetime, quiet: QuietHours, zone: tzinfo) -> datetime:
    """At six on the day on which these quiet hours began; or the last minute before them, where six is too late."""
    local = moment.astimezone(zone)
    began = local.date() if quiet.begins <= local.time() else local.date() - _DAY
    last = on(began, quiet.begins, zone)
    evening = on(began, EVENING, zone)
    if last is None or evening is None:
        return moment
    return evening if evening < last and EVENING not in quiet else last - _MINUTE


def asked_now_or_then(at: datetime, quiet: QuietHours | None, zone: tzinfo, *, now: datetime) -> datetime | None:
    """The same for a meeting that is planned now: if that time is past, as soon as phones may ring; None: too late."""
    then = max(asked_at(at, quiet, zone), now)
    allowed = allowed_at(then, quiet, zone)
    return allowed if allowed < at else None


def card_at(at: datetime, zone: tzinfo) -> datetime:
    """When the worker is shown what there was: two hours before, within working hours.

    Before an early meeting when the working day begins, if the meeting isn't at once; else in the afternoon before.
    Before a late one, in the afternoon of that day.
    """
    local = (at - ASKED_BEFORE).astimezone(zone)
    if WORK_BEGINS <= local.time() < WORK_ENDS and local.date() == at.astimezone(zone).date():
        return at - ASKED_BEFORE
    day = at.astimezone(zone).date()
    begins, afternoon = on(day, WORK_BEGINS, zone), on(day, CARD_AT, zone)
    if afternoon is not None and afternoon <= at - ASKED_BEFORE:
        return afternoon
    if begins is not None and begins <= at - timedelta(minutes=30):
        return begins
    return _afternoon_before(day, zone) or at - ASKED_BEFORE


def _afternoon_before(day: date, zone: tzinfo) -> datetime | None:
    """Of the working day before."""
    day -= _DAY
    while day.weekday() > 4:
        day -= _DAY
    return on(day, CARD_AT, zone)


def is_this(at: datetime, started_at: datetime, *, goes_on: bool) -> bool:
    """Whether a meeting that was started by hand is the one that was planned for `at`: begun around its time.

    One that was left open the day before isn't.
    """
    return at - (timedelta(hours=12) if goes_on else AROUND) <= started_at
