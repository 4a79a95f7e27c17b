"""A case is one family from opening to closing; its subjects, its raters, and its sessions (meetings)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.people import AgeBand, Kind, Person

AFTER_MEETING = timedelta(hours=24)
BEFORE_MEETING = timedelta(days=7)


class CaseState(StrEnum):
    """ASKED: somebody joined by worker code and waits for the worker's yes."""

    ASKED = "asked"
    OPEN = "open"
    CLOSED = "closed"


class AddedRole(StrEnum):
    """What somebody became besides what they were in a case: a client too, or a carer too."""

    CLIENT = "client"
    CARER = "carer"


class Ending(StrEnum):
    """How a case was closed: as agreed with the family, because they stopped, or because they moved on elsewhere."""

    AGREED = "agreed"
    STOPPED = "stopped"
    MOVED_ON = "moved_on"


@dataclass(frozen=True)
class Subject:
    """Whose wellbeing is rated: a child, a sibling, a parent who is also a client.

    `band_known_at`: when somebody last said that the band is right. `born`: the first day of the month of birth, where
    a worker has given it, until the band changes by it. `asked_as_child`: a worker has chosen the children's questions
    for somebody older.
    """

    id: str
    case_id: str
    band: AgeBand
    band_known_at: datetime | None = None
    born: date | None = None
    asked_as_child: bool = False


@dataclass(frozen=True)
class Rater:
    """Somebody who rates in a case: about whom (`subject_ids`), and from which phone (None: not joined yet).

    A CLIENT has exactly one subject, themself; a carer who is a client too has themself among others
    (`own_subject_id`). `band` is the rater's own age: the subject's for a client, else adult.

    `own_phone`: who has none here answers on the worker's phone, aloud or on paper; `language` is what they read then.
    `guessed_by`: somebody who isn't asked, as another rater thinks that they would answer (that rater's id).
    `ended_at`: they don't rate here any more; what they have given stays.
    """

    id: str
    case_id: str
    kind: Kind
    band: AgeBand
    subject_ids: tuple[str, ...]
    person_id: str | None
    own_subject_id: str | None = None
    own_phone: bool = True
    language: str | None = None
    guessed_by: str | None = None
    ended_at: datetime | None = None

    @property
    def joined(self) -> bool:
        return self.person_id is not None

    @property
    def can_meet(self) -> bool:
        """Whether they can be in a meeting: asked on their own phone, or on the worker's where they have none here."""
        return not self.is_guess

    @property
    def answers_by_letter(self) -> bool:
        """Whether they are asked on a phone of their own; who isn't answers through the worker."""
        return self.joined and self.own_phone

    @property
    def is_guess(self) -> bool:
        return self.guessed_by is not None

    def is_own(self, subject_id: str | None) -> bool:
        """Whether a rating about this subject is about the rater themself."""
        return self.kind is Kind.CLIENT or (subject_id is not None and subject_id == self.own_subject_id)

    def kind_about(self, subject_id: str | None) -> Kind:
        """What they are to this subject: of themself everybody is the client."""
        return Kind.CLIENT if self.is_own(subject_id) and subject_id is not None else self.kind


@dataclass(frozen=True)
class Case:
    """One family, under a generated label. `check` are the two words that both sides see until the worker's yes."""

    id: str
    label: str
    state: CaseState
    opened_at: datetime
    subjects: tuple[Subject, ...]
    raters: tuple[Rater, ...]
    check: str | None = None
    closed_at: datetime | None = None
    ending: Ending | None = None

    @property
    def present_raters(self) -> tuple[Rater, ...]:
        """Those who still rate here."""
        return tuple(each for each in self.raters if each.ended_at is None)

    def still_asks(self, rater: Rater) -> bool:
        """Whether they rate here now; of a guess also, whether the one who guesses does."""
        return rater.ended_at is None and self.answers_for(rater).ended_at is None

    def can_be_asked(self, rater: Rater) -> bool:
        """Whether they can be asked in a meeting; of a guess, whether the one who guesses can."""
        return self.still_asks(rater) and self.answers_for(rater).can_meet

    def is_answered_by(self, rater: Rater, person: Person) -> bool:
        """Whether this person answers there: themself, as the one who guesses, or with a worker's phone in the hand."""
        answers = self.answers_for(rater)
        if person.in_hands_of is not None:
            return answers.id == person.in_hands_of
        return answers.person_id == person.id

    def rater(self, rater_id: str) -> Rater:
        return next(each for each in self.raters if each.id == rater_id)

    def subject(self, subject_id: str) -> Subject:
        return next(each for each in self.subjects if each.id == subject_id)

    def number_of(self, rater: Rater) -> int | None:
        """Which one of several raters of the same kind and age, from 1; None when there is only one."""
        alike = [each.id for each in self.raters if _alike(each, rater)]
        return alike.index(rater.id) + 1 if len(alike) > 1 else None

    def number_of_subject(self, subject: Subject) -> int | None:
        """Which one of several subjects of the same age, from 1; None when there is only one."""
        alike = [each.id for each in self.subjects if each.band is subject.band]
        return alike.index(subject.id) + 1 if len(alike) > 1 else None

    def free_places(self, newcomer: Rater) -> tuple[Rater, ...]:
        """The raters here who have no phone yet and may be the same person as one who joined by worker code."""
        free = (each for each in self.present_raters if not each.joined and not each.is_guess)
        return tuple(each for each in free if _alike(each, newcomer) or self._rates_themself_like(each, newcomer))

    def _rates_themself_like(self, rater: Rater, newcomer: Rater) -> bool:
        """A carer who is a client too may have said that they come for themself."""
        if newcomer.kind is not Kind.CLIENT or rater.own_subject_id is None:
            return False
        return self.subject(rater.own_subject_id).band is newcomer.band

    def guesses_of(self, rater: Rater) -> tuple[Rater, ...]:
        """As whom this rater is asked to guess."""
        return tuple(each for each in self.present_raters if each.guessed_by == rater.id)

    def answers_for(self, rater: Rater) -> Rater:
        """Who taps the numbers: for a guess the one who guesses, else the rater."""
        return rater if rater.guessed_by is None else self.rater(rater.guessed_by)

    def about(self, band: AgeBand) -> tuple[Subject, ...]:
        """Whom a collateral rater who said the age of the child is about: those of that age, else all they may be."""
        return tuple(each for each in self.rated_by_others if each.band is band) or self.rated_by_others

    @property
    def rated_by_others(self) -> tuple[Subject, ...]:
        """Whom carers, school and other professionals are asked about: those under age.

        Where there are none, all: then the case is about an adult, and they come for that adult. In a family with
        children they must not learn by a question that a parent is a client too; nor, in any, that a carer is one.
        """
        carers = {each.own_subject_id for each in self.raters}
        others = tuple(each for each in self.subjects if each.id not in carers) or self.subjects
        return tuple(each for each in others if each.band.is_minor) or others


def _alike(one: Rater, other: Rater) -> bool:
    """Whether both are called the same; a guess is called by who guesses."""
    return (one.kind, one.band, one.guessed_by) == (other.kind, other.band, other.guessed_by)


class SessionState(StrEnum):
    """OPEN from the start, CLOSING once it was time to close (the alliance rating is out), then ENDED."""

    OPEN = "open"
    CLOSING = "closing"
    ENDED = "ended"


@dataclass(frozen=True)
class Session:
    """One meeting of people in a case: who is present (`rater_ids`) and from when to when.

    `group_id`: meetings of several cases held as one, each of which sees only itself.
    """

    id: str
    case_id: str
    worker_id: str
    state: SessionState
    started_at: datetime
    ended_at: datetime | None
    rater_ids: tuple[str, ...]
    group_id: str | None = None

    @property
    def answers_until(self) -> datetime | None:
        """24 hours after its end; None while it goes on."""
        return self.ended_at + AFTER_MEETING if self.ended_at else None

    def takes_answers(self, *, now: datetime) -> bool:
        return self.answers_until is None or now <= self.answers_until


def adopts(started_at: datetime, rated_at: datetime) -> bool:
    """Whether a meeting takes in an outcome rating that was given before it: up to 7 days."""
    return timedelta(0) <= started_at - rated_at <= BEFORE_MEETING
