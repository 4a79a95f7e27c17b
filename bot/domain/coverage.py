"""Coverage: how much of the work is measured, of a worker, a team or a month.

It counts meetings and cases, and is a figure of use: whoever rated, and not what. It takes plain facts, which a
question to the database can give.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType

from bot.domain.figures import Lack, Member, Share, share_of_units
from bot.domain.instruments import Measure
from bot.domain.people import Kind

EARLY_MEETINGS = 2
BEFORE_CLOSING = timedelta(days=30)
LAST_MONTH = 12


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting: one that has ended, or *met without measuring*, which has a moment and nothing else.

    `client_ids` are the subjects of its case, one at least. `outcome_by`, `alliance_by`: what those were who handed in
    a complete rating for it. `skipped`: the measures that somebody skipped.
    """

    id: str
    case_id: str
    worker_id: str
    team: str
    at: datetime
    client_ids: frozenset[str]
    outcome_by: frozenset[Kind] = frozenset()
    alliance_by: frozenset[Kind] = frozenset()
    skipped: frozenset[Measure] = frozenset()
    without_measuring: bool = False

    def __post_init__(self) -> None:
        _must_have_clients(self.client_ids)

    def has(self, measure: Measure) -> bool:
        return bool(self.outcome_by if measure is Measure.OUTCOME else self.alliance_by)

    def only_skipped(self, measure: Measure) -> bool:
        return measure in self.skipped and not self.has(measure)

    @property
    def by_others_only(self) -> bool:
        """Rated, and not by a client."""
        by = self.outcome_by | self.alliance_by
        return bool(by) and Kind.CLIENT not in by


@dataclass(frozen=True)
class CaseFacts:
    """A case: how many meetings it has had, and which of them (from 1) was the first with an outcome rating, if any.

    `last_rated_at`: when its newest complete outcome rating was handed in. `worker_id`: whose case it is counted as.
    """

    id: str
    worker_id: str
    team: str
    client_ids: frozenset[str]
    opened_at: datetime
    closed_at: datetime | None = None
    meetings: int = 0
    first_rated_meeting: int | None = None
    last_rated_at: datetime | None = None

    def __post_init__(self) -> None:
        _must_have_clients(self.client_ids)

    @property
    def had_its_chance(self) -> bool:
        """Whether it can be said if it was rated early: after two meetings, or closed after one."""
        return self.meetings >= EARLY_MEETINGS or (self.meetings > 0 and self.closed_at is not None)

    @property
    def rated_early(self) -> bool:
        return self.first_rated_meeting is not None and self.first_rated_meeting <= EARLY_MEETINGS

    @property
    def rated_at_the_end(self) -> bool:
        """Within 30 days before closing, that many days to the second too, or after it."""
        if self.closed_at is None or self.last_rated_at is None:
            return False
        return self.closed_at - self.last_rated_at <= BEFORE_CLOSING


def _must_have_clients(client_ids: frozenset[str]) -> None:
    if not client_ids:
        raise ValueError("without its clients nobody can tell how small a group is")


def first_rated_meeting(meetings: Iterable[MeetingFacts]) -> int | None:
    """Of all meetings of one case, in any order: which one, from 1, was the first with an outcome rating."""
    in_time = sorted(meetings, key=lambda each: (each.at, each.id))
    return next((number for number, each in enumerate(in_time, 1) if each.has(Measure.OUTCOME)), None)


@dataclass(frozen=True)
class Period:
    """From `since` on and before `until`."""

    since: datetime
    until: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


def month(year: int, number: int, zone: tzinfo) -> Period:
    """A month (1-12) of the local calendar, as moments in UTC."""
    following = (year + 1, 1) if number == LAST_MONTH else (year, number + 1)
    return Period(*(datetime(*each, 1, tzinfo=zone).astimezone(UTC) for each in ((year, number), following)))


@dataclass(frozen=True)
class Measured:
    """Of all meetings, those met without measuring too. What was skipped and not rated stands apart.

    `by_others_only`: rated by collateral raters and by no client; they are among the others here.
    """

    outcome: Share
    alliance: Share
    both: Share
    outcome_skipped: Share
    alliance_skipped: Share
    by_others_only: Share
    without_measuring: Share


@dataclass(frozen=True)
class Coverage:
    """`early`: cases rated within their first two meetings, of those that have had two or are closed after one.

    `at_the_end`: closed cases with a last rating within the 30 days before closing, of all closed ones.
    """

    meetings: Measured
    early: Share
    at_the_end: Share


def coverage(meetings: Iterable[MeetingFacts], cases: Iterable[CaseFacts], *, period: Period) -> Coverage:
    """Of meetings that were in the period, of cases opened in it (`early`) and of cases closed in it (`at_the_end`)."""
    all_cases = tuple(cases)
    begun = tuple(each for each in all_cases if each.opened_at in period and each.had_its_chance)
    closed = tuple(each for each in all_cases if each.closed_at is not None and each.closed_at in period)
    return Coverage(
        meetings=_measured(tuple(each for each in meetings if each.at in period)),
        early=_share([each.rated_early for each in begun], begun),
        at_the_end=_share([each.rated_at_the_end for each in closed], closed),
    )


def per_worker(
    meetings: Iterable[MeetingFacts], cases: Iterable[CaseFacts], *, period: Period
) -> Mapping[str, Coverage]:
    """By the id of who held the meeting, and of whose case it is; in the order of ids."""
    return _per(lambda each: each.worker_id, tuple(meetings), tuple(cases), period)


def per_team(meetings: Iterable[MeetingFacts], cases: Iterable[CaseFacts], *, period: Period) -> Mapping[str, Coverage]:
    """By team, in the order of their names."""
    return _per(lambda each: each.team, tuple(meetings), tuple(cases), period)


def _per(
    key: Callable[[MeetingFacts | CaseFacts], str],
    meetings: Sequence[MeetingFacts],
    cases: Sequence[CaseFacts],
    period: Period,
) -> Mapping[str, Coverage]:
    def of(name: str) -> Coverage:
        own = [each for each in meetings if key(each) == name]
        return coverage(own, [each for each in cases if key(each) == name], period=period)

    names = {key(each) for each in meetings} | {key(each) for each in cases}
    return MappingProxyType({name: of(name) for name in sorted(names)})


def _measured(meetings: Sequence[MeetingFacts]) -> Measured:
    outcome = [each.has(Measure.OUTCOME) for each in meetings]
    alliance = [each.has(Measure.ALLIANCE) for each in meetings]
    return Measured(
        outcome=_share(outcome, meetings),
        alliance=_share(alliance, meetings),
        both=_share([one and other for one, other in zip(outcome, alliance, strict=True)], meetings),
        outcome_skipped=_share([each.only_skipped(Measure.OUTCOME) for each in meetings], meetings),
        alliance_skipped=_share([each.only_skipped(Measure.ALLIANCE) for each in meetings], meetings),
        by_others_only=_share([each.by_others_only for each in meetings], meetings),
        without_measuring=_share([each.without_measuring for each in meetings], meetings),
    )


def _share(holds: Sequence[bool], of: Sequence[MeetingFacts | CaseFacts]) -> Share:
    base = (Member(each.id, client) for each in of for client in each.client_ids)
    return share_of_units(sum(holds), len(of), base)


# Reach


@dataclass(frozen=True)
class WorkerFacts:
    """A worker: how many clients they have in open cases here, and how many in all, as they said in the month.

    `all_clients` is None until they are asked, or have said *the same as last time*.
    """

    id: str
    team: str
    clients_here: int
    all_clients: int | None = None

    @property
    def answer_holds(self) -> bool:
        """Not one from before the newest cases, which would make more clients here than there are."""
        return self.all_clients is not None and self.clients_here <= self.all_clients


@dataclass(frozen=True)
class Reach:
    """`clients`: those with a case here, of all clients of the workers whose answer holds. `answers`: those workers."""

    clients: Share
    answers: Share


def reach(workers: Iterable[WorkerFacts]) -> Reach:
    """How many of their clients have a case here. Where no answer holds, NOT_ASKED."""
    everybody = tuple(workers)
    said = [each for each in everybody if each.answer_holds]
    answers = share_of_units(len(said), len(everybody), ())
    if not said:
        return Reach(Share(None, None, lack=Lack.NOT_ASKED), answers)
    base = [Member(each.id, f"{each.id} {at}") for each in said for at in range(each.all_clients or 0)]
    return Reach(share_of_units(sum(each.clients_here for each in said), len(base), base), answers)
