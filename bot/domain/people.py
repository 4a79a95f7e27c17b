"""Who takes part: people with a phone, workers with a code, and what a rater is to the subject."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AgeBand(StrEnum):
    """How old a subject is, as coarsely as the measures need it."""

    UNDER_6 = "under6"
    CHILD = "child"
    ADOLESCENT = "adolescent"
    EIGHTEEN = "eighteen"
    ADULT = "adult"

    @property
    def is_minor(self) -> bool:
        return self in (AgeBand.UNDER_6, AgeBand.CHILD, AgeBand.ADOLESCENT)

    @property
    def can_rate(self) -> bool:
        """Under six there is no score: a carer rates instead."""
        return self is not AgeBand.UNDER_6


class Kind(StrEnum):
    """What a rater is to the subject; CLIENT rates themself, everyone else is a collateral rater."""

    CLIENT = "client"
    MOTHER = "mother"
    FATHER = "father"
    CARER = "carer"
    SCHOOL = "school"
    PROFESSIONAL = "professional"

    @property
    def is_carer(self) -> bool:
        """Mother, father and other carers; their outcome ratings have a cutoff of their own."""
        return self in (Kind.MOTHER, Kind.FATHER, Kind.CARER)

    @property
    def is_family(self) -> bool:
        """Clients and carers: they are in the meetings. School and other professionals mostly rate from afar."""
        return self is Kind.CLIENT or self.is_carer


class Role(StrEnum):
    """What a worker is in the team."""

    WORKER = "worker"
    MENTOR = "mentor"
    LEAD = "lead"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """Somebody with a phone: no name, only a random id and the language they read.

    `in_hands_of`: the rater who has a worker's phone in their hands now. Until it is taken back whoever taps there is
    that rater, and not the worker. `works`: what is shown in this chat may be of cases, so it is remembered where it
    stands; also after a role has ended. It says nothing of rights. `dark`: they look at pictures on dark ground.
    """

    id: str
    language: str
    in_hands_of: str | None = None
    works: bool = field(default=False, compare=False)
    dark: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Worker:
    """A person who works with cases, known to clients by the code, such as KOIVU-27.

    `person_id` is None until the one-time link or code has been used. `away_since`: they are on leave, and the deputy
    stands in for them in all of their cases.
    """

    id: str
    code: str
    team: str
    role: Role
    person_id: str | None
    deputy_id: str | None = None
    away_since: datetime | None = None
