"""Local times turned into moments, one at a time: when a reminder comes, and when a phone stays quiet.

A rule is said in local time ("at 18:00") and moments are UTC, because a zone changes its clocks: an hour is missing in
March and doubled in October; some zones change at midnight, by half an hour, or have left a whole day out. Zones come
in as arguments. Every function takes aware moments of any zone and returns UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

EVENING = time(18)
AFTER_THE_END = timedelta(hours=1)
"""A reminder never comes sooner after a meeting: people are still on their way home."""

WORK_BEGINS, WORK_ENDS = time(8), time(17)
MORNING = time(9)
A_LITTLE_LATER = timedelta(hours=2)

_DAY = timedelta(days=1)
_SATURDAY = 5
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Rule:
    """Every day at a local time, or every week on one day (`weekday`: 0 is Monday) at that time."""

    at: time
    weekday: int | None = None

    def next_after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first time later than `moment`: one each local day, however long the day is."""
        day = moment.astimezone(zone).date()
        while True:
            found = on(day, self.at, zone) if self.weekday in (None, day.weekday()) else None
            if found is not None and found > moment:
                return found
            day += _DAY


def on(day: date, at: time, zone: tzinfo) -> datetime | None:
    """This local time on this local day.

    A time that comes twice is meant the first time. A time that is left out is the first moment after the gap; where
    that is tomorrow already, the last minute before the gap. None: the zone has left out the whole day.
    """
    found = _reached(datetime.combine(day, at), zone)
    for moment in (found, found - _MINUTE):
        if moment.astimezone(zone).date() == day:
            return moment
    return None


def _reached(wall: datetime, zone: tzinfo) -> datetime:
    """When the clocks of the zone first show this naive time or a later one.

    Inside a gap the two folds lie on its two sides (PEP 495): read with the offset after it, and with the one before.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _clock_change(second, first, zone)


def _clock_change(since: datetime, until: datetime, zone: tzinfo) -> datetime:
    """The one moment between the two at which the zone's offset changes. Clocks change at whole seconds."""
    before = since.astimezone(zone).utcoffset()
    low, high = since.replace(microsecond=0), until.replace(microsecond=0) + _SECOND
    while high - low > _SECOND:
        middle = low + (high - low) // (2 * _SECOND) * _SECOND
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True)
class QuietHours:
    """Local times between which nobody is reminded, over midnight too: `begins` belongs to them, `ends` doesn't."""

    begins: time
    ends: time

    def __contains__(self, wall: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends


def allowed_at(moment: datetime, quiet: QuietHours | None, zone: tzinfo) -> datetime:
    """The moment itself, or the first one after it at which the clocks of the zone show no quiet time."""
    moment = moment.astimezone(UTC)
    local = moment.astimezone(zone)
    if quiet is None or local.time() not in quiet:
        return moment
    end = moment + _until(local, quiet.ends)
    if end.astimezone(zone).utcoffset() == local.utcoffset():
        return end
    return allowed_at(_clock_change(moment, end, zone), quiet, zone)


def _until(local: datetime, ends: time) -> timedelta:
    """How long until a clock that nobody changes shows this time: more than nothing, at most a day."""
    wall = local.replace(tzinfo=None)
    end = datetime.combine(wall.date(), ends)
    return (end if end > wall else end + _DAY) - wall


def same_evening(ended_at: datetime, zone: tzinfo) -> datetime:
    """In the evening of the local day on which something ended, and not sooner than an hour after its end."""
    evening = on(ended_at.astimezone(zone).date(), EVENING, zone)
    soonest = ended_at.astimezone(UTC) + AFTER_THE_END
    return max(evening, soonest) if evening is not None else soonest


def put_off(moment: datetime, zone: tzinfo) -> datetime:
    """When that comes again which somebody puts off now: after two hours, if that is in working time; else at nine on
    the next working day."""
    soon = moment.astimezone(UTC) + A_LITTLE_LATER
    local = soon.astimezone(zone)
    if _is_working_day(local.date()) and WORK_BEGINS <= local.time() < WORK_ENDS:
        return soon
    found = Rule(MORNING).next_after(moment, zone)
    while not _is_working_day(found.astimezone(zone).date()):
        found = Rule(MORNING).next_after(found, zone)
    return found


def after_working_hours(moment: datetime, hours: int, zone: tzinfo) -> datetime:
    """When so many hours have passed, day and night, that belong to working days of the zone: none at the weekend."""
    moment, left = moment.astimezone(UTC), timedelta(hours=hours)
    day = moment.astimezone(zone).date()
    while True:
        ends = _end_of(day, zone)
        if _is_working_day(day) and moment + left <= ends:
            return moment + left
        if _is_working_day(day):
            left -= max(ends - moment, timedelta(0))
        moment, day = max(moment, ends), day + _DAY


def _is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _end_of(day: date, zone: tzinfo) -> datetime:
    """The beginning of the next local day that there is."""
    while True:
        day += _DAY
        found = on(day, time(0), zone)
        if found is not None:
            return found
