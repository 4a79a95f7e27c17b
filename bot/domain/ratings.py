"""A rating, from the first item to the total: the draft moves by pure steps, and only a complete one becomes a rating.

Scores are whole millimetres: an item 0-100, a total 0-400. Zero is an answer; a missing one is None.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import ITEM_COUNT, Instrument, Measure
from bot.domain.people import AgeBand

REVIEW = ITEM_COUNT + 1
"""Where the answers to one of our four instruments are looked at."""


class Mode(StrEnum):
    """How the numbers came; kept with each rating, never mixed silently.

    On their own phone, on the worker's (HANDED_OVER), said to the worker (ALOUD), from a sheet with four values (PAPER)
    or with nothing but the sum (TOTAL_ONLY).
    """

    BUTTONS = "buttons"
    HANDED_OVER = "handed_over"
    ALOUD = "aloud"
    PAPER = "paper"
    TOTAL_ONLY = "total_only"


ENTERED = frozenset({Mode.ALOUD, Mode.PAPER, Mode.TOTAL_ONLY})
"""Written down by a worker for somebody; the others come from who rates."""


class DraftState(StrEnum):
    """OPEN until it is handed in (SENT) or skipped; a sent one that is being changed is CHANGING."""

    OPEN = "open"
    CHANGING = "changing"
    SENT = "sent"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    """Why somebody doesn't rate this time; none of them is a low score."""

    NONE = "none"
    NOT_IN_THE_MOOD = "not_in_the_mood"
    NO_TIME = "no_time"
    NOT_ASKED = "not_asked"
    NOT_PRESENT = "not_present"


WORKERS_REASONS = frozenset({SkipReason.NOT_ASKED, SkipReason.NOT_PRESENT})
"""Reasons that only a worker gives, for somebody else."""


@dataclass(frozen=True)
class Draft:
    """A rating on its way: one rater, one subject, one instrument, one meeting (None: before any).

    An alliance rating has no subject: it is about the rater's own experience.

    `present` is the item (from 1) that is shown now, or `review`, the place behind the last one. `total`: of a sheet
    that has the sum only (mm). `rated_on`: the day on the sheet. `only_worker`: it is left out of what is shown to
    several people. `by_choice`: the children's questions, which a worker has chosen for somebody older.
    """

    id: str
    case_id: str
    session_id: str | None
    rater_id: str
    subject_id: str | None
    instrument: Instrument
    began_at: datetime
    state: DraftState = DraftState.OPEN
    present: int = 1
    scores: tuple[int | None, ...] = ()
    skip_reason: SkipReason | None = None
    mode: Mode = Mode.BUTTONS
    total: int | None = None
    rated_on: date | None = None
    only_worker: bool = False
    by_choice: bool = False

    def __post_init__(self) -> None:
        if not self.scores:
            object.__setattr__(self, "scores", (None,) * self.instrument.count)

    @property
    def review(self) -> int:
        """Where all answers are looked at."""
        return self.instrument.count + 1

    @property
    def under_way(self) -> bool:
        return self.state in (DraftState.OPEN, DraftState.CHANGING)

    @property
    def begun(self) -> bool:
        return any(score is not None for score in self.scores) or self.total is not None

    @property
    def is_entered(self) -> bool:
        """A worker writes it down, or has done so."""
        return self.mode in ENTERED

    @property
    def complete(self) -> bool:
        return None not in self.scores or self.total is not None

    def answered(self, item: int, score: int) -> "Draft":
        """The present item has a score (mm); on to the next one without, or to the review.

        An item that isn't the present one is an old screen's, and is refused: it would change what isn't looked at. The
        same score again (a second tap) changes nothing.
        """
        self._must_be_under_way()
        if item in self.instrument.items and item != self.present and self.scores[item - 1] == score:
            return self
        asked = item == self.present and item in self.instrument.items
        if not asked or not self.instrument.lowest <= score <= self.instrument.highest:
            raise Refusal(Reason.NO_LONGER)
        scores = (*self.scores[: item - 1], score, *self.scores[item:])
        return replace(self, scores=scores, present=_first_unanswered(scores))

    def stepped_back(self) -> "Draft":
        """To the item before the present one; from an item that was opened in the review, to the review.

        At the first one nothing moves.
        """
        self._must_be_under_way()
        if self.complete and self.present != self.review:
            return replace(self, present=self.review)
        return replace(self, present=max(1, self.present - 1))

    def opened_at(self, item: int) -> "Draft":
        """From the review to one item that was answered."""
        self._must_be_under_way()
        if item not in self.instrument.items or self.present != self.review:
            raise Refusal(Reason.NO_LONGER)
        return replace(self, present=item)

    def handed_in(self) -> "Draft":
        """Complete, and sent. An incomplete one is refused."""
        self._must_be_under_way()
        if not self.complete:
            raise Refusal(Reason.INCOMPLETE)
        return replace(self, state=DraftState.SENT, present=self.review)

    def own(self) -> "Draft":
        """As who rates sees it who answers themself: what a worker had begun to write down isn't begun.

        While a worker corrects what was sent, it is as it was sent.
        """
        if not self.is_entered or self.state is DraftState.SENT:
            return self
        if self.state is DraftState.CHANGING:
            return replace(self, state=DraftState.SENT, present=self.review)
        return self._blank(Mode.BUTTONS)

    def taken_up(self, mode: Mode, *, rated_on: date | None = None) -> "Draft":
        """A worker writes it down from now on: nothing of what somebody had begun themself stays in it.

        What was sent isn't taken up: it is corrected.
        """
        if self.state not in (DraftState.OPEN, DraftState.SKIPPED):
            raise Refusal(Reason.NO_LONGER)
        goes_on = self.is_entered and not (mode is Mode.ALOUD and self.mode is Mode.TOTAL_ONLY)
        kept = self if goes_on else self._blank(mode)
        mode = Mode.TOTAL_ONLY if kept.mode is Mode.TOTAL_ONLY else mode
        day = None if mode is Mode.ALOUD else kept.rated_on or rated_on
        return replace(kept, mode=mode, rated_on=day, state=DraftState.OPEN, skip_reason=None)

    def _blank(self, mode: Mode) -> "Draft":
        return replace(self, mode=mode, present=1, scores=(), total=None, rated_on=None)

    def filled_in(self, scores: tuple[int, ...]) -> "Draft":
        """All four values of a sheet (mm) at once."""
        self._must_be_on_paper()
        if not self.instrument.takes(scores):
            raise Refusal(Reason.NO_LONGER)
        return replace(self, mode=Mode.PAPER, scores=scores, total=None, present=self.review)

    def for_meeting(self, session_id: str) -> "Draft":
        """It belongs to this meeting."""
        return replace(self, session_id=session_id)

    def summed(self, total: int | None) -> "Draft":
        """Of a sheet that has the sum only (mm); None: it isn't known yet."""
        self._must_be_on_paper()
        if total is not None and not self.instrument.takes_total(total):
            raise Refusal(Reason.NO_LONGER)
        present = 1 if total is None else self.review
        return replace(self, mode=Mode.TOTAL_ONLY, total=total, scores=(), present=present)

    def itemised(self) -> "Draft":
        """Of a sheet that has the four values after all."""
        self._must_be_on_paper()
        return self if self.mode is Mode.PAPER else replace(self, mode=Mode.PAPER, total=None, present=1)

    def dated(self, day: date) -> "Draft":
        """The day that stands on the sheet."""
        self._must_be_on_paper()
        return self.on_day(day)

    def on_day(self, day: date | None) -> "Draft":
        return replace(self, rated_on=day)

    def _must_be_on_paper(self) -> None:
        self._must_be_under_way()
        if self.mode not in (Mode.PAPER, Mode.TOTAL_ONLY):
            raise Refusal(Reason.NO_LONGER)

    def corrected(self) -> "Draft":
        """What a worker had written down and sent, to be corrected by a worker; from its review."""
        if self.state is DraftState.SENT and self.is_entered:
            return replace(self, state=DraftState.CHANGING, present=self.review)
        return self

    def reopened(self) -> "Draft":
        """A sent one to be changed by who gave it, from its review; a skipped one to be answered after all.

        What a worker had written down is from then on their own; of a sum only there is nothing to change item by item.
        """
        if self.state is DraftState.SENT:
            present = 1 if None in self.scores else self.review
            mode = Mode.BUTTONS if self.is_entered else self.mode
            return replace(self, state=DraftState.CHANGING, present=present, mode=mode, total=None, rated_on=None)
        if self.state is DraftState.SKIPPED:
            return replace(self, state=DraftState.OPEN, skip_reason=None)
        return self

    def kept(self, first: "Rating") -> "Draft":
        """Back to what was handed in first."""
        scores = first.scores
        back = replace(self, scores=scores, total=first.whole, mode=first.mode, only_worker=first.only_worker)
        return back.handed_in()

    def for_worker_only(self, only: bool) -> "Draft":
        """Whether it is left out of what is shown to several people; said before it is sent."""
        self._must_be_under_way()
        return replace(self, only_worker=only)

    def skipped(self, reason: SkipReason) -> "Draft":
        """Not this time. One that was handed in already can't be skipped any more."""
        if self.state is DraftState.SKIPPED:
            return self
        if self.state is not DraftState.OPEN:
            raise Refusal(Reason.NO_LONGER)
        return replace(self, state=DraftState.SKIPPED, skip_reason=reason)

    def reasoned(self, reason: SkipReason) -> "Draft":
        """Why it was skipped."""
        if self.state is not DraftState.SKIPPED:
            raise Refusal(Reason.NO_LONGER)
        return replace(self, skip_reason=reason)

    def rating(self, *, id: str, worker_id: str, band: AgeBand | None = None, at: datetime) -> "Rating":
        """The complete draft as a rating. An incomplete one is refused: it is never scored.

        `band` is the age now of whom it is about.
        """
        scores = tuple(score for score in self.scores if score is not None)
        if len(scores) != self.instrument.count and self.total is None:
            raise Refusal(Reason.INCOMPLETE)
        return Rating(
            id=id,
            draft_id=self.id,
            case_id=self.case_id,
            worker_id=worker_id,
            session_id=self.session_id,
            rater_id=self.rater_id,
            subject_id=self.subject_id,
            instrument=self.instrument,
            mode=self.mode,
            scores=scores if self.total is None else (),
            at=at,
            whole=self.total,
            band=band,
            only_worker=self.only_worker,
        )

    def _must_be_under_way(self) -> None:
        if not self.under_way:
            raise Refusal(Reason.NO_LONGER)


def _first_unanswered(scores: tuple[int | None, ...]) -> int:
    return scores.index(None) + 1 if None in scores else len(scores) + 1


@dataclass(frozen=True)
class Rating:
    """A complete rating: four scores in mm, tied to the worker whose case it was given in.

    Of a sheet that has the sum only there are no scores, and `whole` is the sum. `band`: the age, when it was given, of
    whom it is about. `only_worker`: it is left out of what is shown to several people.
    """

    id: str
    draft_id: str
    case_id: str
    worker_id: str
    session_id: str | None
    rater_id: str
    subject_id: str | None
    instrument: Instrument
    mode: Mode
    scores: tuple[int, ...]
    at: datetime
    whole: int | None = None
    band: AgeBand | None = None
    only_worker: bool = False

    @property
    def total(self) -> int:
        """Sum of the items in mm: of the four instruments 0-400."""
        return sum(self.scores) if self.whole is None else self.whole

    @property
    def measure(self) -> Measure:
        return self.instrument.measure
