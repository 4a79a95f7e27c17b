"""Alerts: what in a rating the worker should hear of. They start a talk; they are never a diagnosis or a grade.

Each rule is a section of alerts.md, with worked numbers. A rule is raised when it becomes true, and again only after it
was false in between, unless its section says otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from types import MappingProxyType

from bot.domain.alliance_rules import ALLIANCE_RULES
from bot.domain.cases import Session
from bot.domain.findings import Condition, Finding
from bot.domain.instruments import Measure
from bot.domain.outcome_rules import OUTCOME_RULES
from bot.domain.profiles import Profile
from bot.domain.ratings import Draft, DraftState
from bot.domain.rules import Level, Rule, Terms
from bot.domain.series import Series

__all__ = ["Alert", "Level", "Raised", "Rule", "differing", "holds", "missing", "raised_by"]

RULES: Mapping[Measure, Mapping[Rule, Condition]] = MappingProxyType(
    {Measure.OUTCOME: OUTCOME_RULES, Measure.ALLIANCE: ALLIANCE_RULES}
)


@dataclass(frozen=True)
class Alert:
    """One that was raised and kept. `number` is what people call it by; `draft_id` is the rating's.

    `talked_at`: somebody tapped that it was talked about; `later_at`: put off until then; `passed_to`: the worker who
    heard of it because it wasn't opened in time.
    """

    number: int
    case_id: str
    draft_id: str
    rule: Rule
    raised_at: datetime
    level: Level = Level.ALERT
    opened_at: datetime | None = None
    talked_at: datetime | None = None
    later_at: datetime | None = None
    passed_to: str | None = None


@dataclass(frozen=True)
class Raised:
    """A rule that a rating raises, and why: `numbers` by name, in mm or counts; `since`: the rating it began with."""

    rule: Rule
    level: Level
    numbers: Mapping[str, int]
    since: datetime


def raised_by(series: Series, profile: Profile, *, team: str) -> tuple[Raised, ...]:
    """What the newest rating of the series raises in this team, the gravest first."""
    found = {rule: _newly(condition, series, profile) for rule, condition in RULES.get(series.measure, {}).items()}
    raised = [_raised(rule, each, profile) for rule, each in found.items() if each and profile.terms[rule].on_for(team)]
    return tuple(sorted(raised, key=_gravity))


def _newly(condition: Condition, series: Series, profile: Profile) -> Finding | None:
    """What wasn't true at the rating before, or not in its graver form, unless the rule itself says when it rings."""
    found = condition(series, profile)
    if found is None or found.rings is not None:
        return found if found and found.rings else None
    was = condition(series.first(len(series) - 1), profile) if len(series) > 1 else None
    return found if was is None or (found.grave and not was.grave) else None


def _raised(rule: Rule, found: Finding, profile: Profile) -> Raised:
    return Raised(rule, _level(profile.terms[rule], grave=found.grave), found.numbers, found.began.at)


def _level(terms: Terms, *, grave: bool) -> Level:
    return terms.grave if grave and terms.grave is not None else terms.level


def _gravity(raised: Raised) -> tuple[int, int]:
    return raised.level.rank, list(Rule).index(raised.rule)


def holds(rule: Rule, series: Series, profile: Profile) -> bool:
    """Whether the rule is true at the newest rating of the series: a rating may have been corrected or deleted since.

    Of `raters_differ` and `rating_missing`, which aren't about one series, `differing` and `missing` tell.
    """
    condition = RULES.get(series.measure, {}).get(rule)
    return condition is not None and condition(series, profile) is not None


def differing(meeting: Sequence[Series], before: Sequence[Series], profile: Profile, *, team: str) -> Raised | None:
    """The rule `raters_differ` in the outcome series about one subject, each cut to its rating of this meeting.

    `before` are the same at the meeting before that had two such ratings; empty: there was none. It begins with the
    first rating of the meeting, in whichever order they came.
    """
    terms, apart = profile.terms[Rule.RATERS_DIFFER], _furthest_apart(meeting, profile)
    if apart is None or _furthest_apart(before, profile) is not None or not terms.on_for(team):
        return None
    return Raised(Rule.RATERS_DIFFER, terms.level, apart, min(each.last.at for each in meeting))


def _furthest_apart(meeting: Sequence[Series], profile: Profile) -> Mapping[str, int] | None:
    """The numbers of the two totals with the greatest difference, of those that differ reliably."""
    found = [_numbers(low, high, profile) for low, high in _apart(meeting, profile)]
    return max(found, key=lambda each: tuple(each.values()), default=None)


def _apart(meeting: Sequence[Series], profile: Profile) -> list[tuple[Series, Series]]:
    """Those who differ reliably, the lower one first. In the meeting where a child turns 13 some were asked as before.

    The children's questions and the others aren't compared: one number doesn't mean the same in both.
    """
    pairs = (sorted(each, key=_by_total) for each in combinations(meeting, 2))
    alike = [(low, high) for low, high in pairs if low.instrument == high.instrument]
    bound = profile.reliable_change
    return [(low, high) for low, high in alike if high.last.total - low.last.total >= bound(low.instrument)]


def _by_total(series: Series) -> tuple[int, str]:
    return series.last.total, series.rater_id


def _numbers(low: Series, high: Series, profile: Profile) -> dict[str, int]:
    highest, lowest = high.last.total, low.last.total
    bound = profile.reliable_change(low.instrument)
    return {"difference": highest - lowest, "highest": highest, "lowest": lowest, "bound": bound}


def furthest_apart(meeting: Sequence[Series], profile: Profile) -> tuple[Series, Series] | None:
    """The two of whom `differing` gives the numbers, the lower one first."""
    return max(
        _apart(meeting, profile), key=lambda pair: tuple(_numbers(pair[0], pair[1], profile).values()), default=None
    )


def missing(session: Session, drafts: Iterable[Draft]) -> frozenset[str]:
    """The rule `rating_missing`: ids of the raters who were at an ended meeting and have neither rated nor skipped.

    Of the meeting's drafts each asks for one rating: who was asked for no alliance rating misses none.
    """
    if session.ended_at is None:
        return frozenset()
    waiting = {each.rater_id for each in drafts if each.state is DraftState.OPEN}
    return frozenset(waiting & set(session.rater_ids))
