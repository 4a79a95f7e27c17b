"""What must come of a history, in plain Python: from the handbook and the decisions, and from none of the bot's code.

Scores are as people tap them, 0-10. An update does what it says once, in the order in which it was taken in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, takewhile

REVIEW = 5
RULES = ("very_low", "alliance_drop")
"""Those that histories follow; each of the others has its own tests."""
LATE = timedelta(hours=24)
OUTCOME, ALLIANCE = "outcome", "alliance"
RATES: Mapping[str, Sequence[str]] = {"aino": ("aino",), "mother": ("aino", "bo")}
"""About whom each rater gives an outcome rating, in the order in which they are asked."""

Key = tuple[int, str, str, str]
"""Which rating: number of the meeting, rater, measure, about whom ("" for the alliance)."""
Seen = int | tuple[int, ...] | str
"""What a screen of a rating says: the item that it asks, the four scores of the review, or how it ended."""


@dataclass
class Sheet:
    """One rater's four answers about one person for one meeting, and where they are with it."""

    key: Key
    began: datetime
    state: str = "open"
    present: int = 1
    scores: list[int | None] = field(default_factory=lambda: [None] * 4)
    why: str | None = None

    @property
    def under_way(self) -> bool:
        return self.state in ("open", "changing")

    @property
    def complete(self) -> bool:
        return None not in self.scores


@dataclass
class Given:
    """A rating that counts, and when it was given first."""

    scores: tuple[int, ...]
    at: datetime


@dataclass
class Meeting:
    state: str = "open"
    ended: datetime | None = None


@dataclass
class Model:
    """Everything that histories are about."""

    meetings: list[Meeting] = field(default_factory=list)
    sheets: dict[Key, Sheet] = field(default_factory=dict)
    given: dict[Key, Given] = field(default_factory=dict)
    alerts: set[tuple[Key, str]] = field(default_factory=set)
    done: set[int] = field(default_factory=set)

    # The worker

    def meets(self, verb: str, number: int, now: datetime) -> None:
        """One meeting at a time; each is closed once and ended once. `number` counts from 1, and is not for a start."""
        if verb == "start":
            if all(each.state == "ended" for each in self.meetings):
                self.meetings.append(Meeting())
                self._asks(OUTCOME, len(self.meetings), now)
            return
        meeting = self.meetings[number - 1]
        if verb == "close" and meeting.state == "open":
            meeting.state = "closing"
            self._asks(ALLIANCE, number, now)
        elif verb == "unasked" and meeting.state != "ended":
            meeting.state, meeting.ended = "ended", now

    @property
    def next_in_a_meeting(self) -> str:
        """Which tap of the worker's comes next."""
        state = self.meetings[-1].state if self.meetings else "ended"
        return {"ended": "start", "open": "close", "closing": "unasked"}[state]

    def _asks(self, measure: str, number: int, now: datetime) -> None:
        for rater, children in RATES.items():
            for about in children if measure == OUTCOME else ("",):
                key = (number, rater, measure, about)
                self.sheets[key] = Sheet(key, now)

    # The raters

    def taps(self, verb: str, key: Key, number: int, score: int, word: str, now: datetime) -> None:
        """`number` is an item, or what was looked at; `word` a reason. What can't be used any more changes nothing."""
        sheet = self.sheets[key]
        if verb == "keep":
            self._keeps(sheet)
        elif not self.takes_answers(sheet, now):
            return
        elif verb == "answer":
            _answers(sheet, number, score)
        elif verb == "back" and sheet.under_way and number == sheet.present:
            opened_in_the_review = sheet.complete and number != REVIEW
            sheet.present = REVIEW if opened_in_the_review else max(1, number - 1)
        elif verb == "change" and sheet.under_way and sheet.present == REVIEW:
            sheet.present = number
        elif verb == "send" and sheet.under_way and sheet.complete:
            self._hands_in(sheet, now)
        else:
            self._skips_or_comes_back(verb, sheet, word)

    def takes_answers(self, sheet: Sheet, now: datetime) -> bool:
        ended = self.meetings[sheet.key[0] - 1].ended
        return ended is None or now <= ended + LATE

    def _keeps(self, sheet: Sheet) -> None:
        """A change is given up: what counts is what was given first."""
        if sheet.state == "changing":
            sheet.state, sheet.present, sheet.scores = "sent", REVIEW, list(self.given[sheet.key].scores)

    def _skips_or_comes_back(self, verb: str, sheet: Sheet, word: str) -> None:
        if verb == "skip" and sheet.state == "open":
            sheet.state, sheet.why = "skipped", "none"
        elif verb == "decline":
            for each in self._waiting_beside(sheet):
                each.state, each.why = "skipped", "none"
        elif verb == "why" and sheet.state == "skipped":
            sheet.why = word
        elif verb == "reopen" and sheet.state == "skipped":
            sheet.state, sheet.why = "open", None
        elif verb == "reopen" and sheet.state == "sent":
            sheet.state, sheet.present = "changing", REVIEW

    def _waiting_beside(self, sheet: Sheet) -> Iterable[Sheet]:
        beside = [each for each in self.sheets.values() if each.key[:2] == sheet.key[:2]]
        return [each for each in beside if each.state == "open"]

    def _hands_in(self, sheet: Sheet, now: datetime) -> None:
        """Each rating counts once; changed and sent again it has other scores, and its place in the series."""
        sheet.state, sheet.present = "sent", REVIEW
        scores = tuple(score for score in sheet.scores if score is not None)
        self.given.setdefault(sheet.key, Given(scores, now)).scores = scores
        for key in (sheet.key, self._newest(sheet.key)):
            rule = self._rule(key)
            if rule is not None:
                self.alerts.add((key, rule))

    def _newest(self, key: Key) -> Key:
        """Of the series that this rating is in: it may be an earlier one that was changed."""
        series = [(each.at, other) for other, each in self.given.items() if other[1:] == key[1:]]
        return max(series)[1]

    def _rule(self, key: Key) -> str | None:
        """Of the rules that histories follow the one that this rating raises.

        Total of 10 or less or an item at 0, and not so before. A fall of the alliance by 1 or more: the first or second
        one running, or the first running of 3 or more.
        """
        series = self._until(key)
        if key[2] == OUTCOME:
            return "very_low" if _very_low(series[-1]) and not (series[1:] and _very_low(series[-2])) else None
        falls = [sum(one.scores) - sum(other.scores) for one, other in pairwise(series)][::-1]
        running, large = _running(falls, 1), _running(falls, 3)
        return "alliance_drop" if running in (1, 2) or large == 1 else None

    def _until(self, key: Key) -> list[Given]:
        """Its series up to this rating, by when they were given first."""
        mine = self.given[key]
        series = [each for other, each in self.given.items() if other[1:] == key[1:] and each.at <= mine.at]
        return sorted(series, key=lambda each: each.at)

    # What people see

    def shows(self, key: Key, now: datetime) -> Seen:
        """The present screen of a rating."""
        sheet = self.sheets[key]
        if sheet.under_way and not self.takes_answers(sheet, now):
            return "late"
        if not sheet.under_way:
            return sheet.state
        return sheet.present if sheet.present != REVIEW else tuple(score or 0 for score in sheet.scores)

    def unfinished(self, rater: str, now: datetime) -> Key | None:
        """What /start goes on with: of what was asked last, what is begun, else the first."""
        mine = [each for each in self.sheets.values() if each.key[1] == rater and each.under_way]
        waiting = [each for each in mine if self.takes_answers(each, now)]
        last = max(waiting, key=lambda each: each.began, default=None)
        if last is None:
            return None
        together = [each for each in waiting if each.key[0] == last.key[0] and each.key[2] == last.key[2]]
        return next((each.key for each in together if any(score is not None for score in each.scores)), together[0].key)


def _answers(sheet: Sheet, item: int, score: int) -> None:
    """A tap counts for the item that is shown now; then comes the first one without an answer, or the review."""
    if sheet.under_way and item == sheet.present:
        sheet.scores[item - 1] = score
        sheet.present = sheet.scores.index(None) + 1 if None in sheet.scores else REVIEW


def _running(falls: Sequence[int], least: int) -> int:
    """How many of the newest, which come first, are as large as that without another one between."""
    return len([*takewhile(lambda fall: fall >= least, falls)])


def _very_low(given: Given) -> bool:
    return sum(given.scores) <= 10 or 0 in given.scores
