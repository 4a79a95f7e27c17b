"""Which questions somebody gets: those for their age, or the children's, which a worker has chosen for them.

The children's questions have plainer words, and a sad and a happy face at the ends of a scale; they suit some older
people too. Whoever rates about the same person gets the same questions, so that the answers can stand side by side.
"""

from dataclasses import replace

from bot.domain.ages import band_for
from bot.domain.cases import Case, Rater, Subject
from bot.domain.instruments import CORS, CSRS, Instrument, alliance_instrument, outcome_instrument
from bot.domain.people import AgeBand
from bot.domain.ratings import Draft


def can_choose(band: AgeBand) -> bool:
    """Whether there are two kinds of questions to choose from; a child has the children's anyway."""
    return outcome_instrument(band) != CORS


def at_age(subject: Subject, band: AgeBand) -> Subject:
    """As they are once they are of this band. What was chosen for them holds, as long as there is a choice."""
    return replace(subject, band=band, asked_as_child=subject.asked_as_child and can_choose(band))


def outcome_for(subject: Subject) -> Instrument:
    """The outcome scale for ratings about this subject, whoever rates."""
    return CORS if subject.asked_as_child else outcome_instrument(subject.band)


def alliance_for(case: Case, rater: Rater) -> Instrument:
    """The alliance scale for this rater: the children's for whom they are chosen about themself."""
    return CSRS if is_chosen(case, rater, None) else alliance_instrument(rater.band)


def is_chosen(case: Case, rater: Rater, subject_id: str | None) -> bool:
    """Whether this rater gets the children's questions by choice. `subject_id`: as for `asked_now`."""
    about = rater.subject_ids if subject_id is None else (subject_id,)
    asked = [each for each in case.subjects if each.id in about and each.asked_as_child]
    return any(subject_id is not None or rater.is_own(each.id) for each in asked)


def asked_now(case: Case, rater: Rater, subject_id: str | None) -> Instrument:
    """What this rater gets from now on. `subject_id`: None, when it is about their own experience of the meeting."""
    return alliance_for(case, rater) if subject_id is None else outcome_for(case.subject(subject_id))


def age_read(case: Case, draft: Draft) -> AgeBand:
    """The age at which a rating that is given now is read: that of whom it is about.

    Who had the children's questions by choice is as old as they are; who was asked as a child and has turned 13
    meanwhile has answered as a child.
    """
    band = case.subject(draft.subject_id).band if draft.subject_id else case.rater(draft.rater_id).band
    return band if draft.by_choice else band_for(draft.instrument, band)
