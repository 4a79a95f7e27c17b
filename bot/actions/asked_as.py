"""Choosing the children's questions for somebody older, and those for their age again."""

from datetime import datetime

import storage
from bot.actions import ages
from bot.actions.access import access_subject
from bot.actions.ages import AgeView
from bot.actions.asked_anew import ask_anew
from bot.domain.acts import Act
from bot.domain.asked_as import can_choose
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from storage import Transaction


async def choose(db: Transaction, person: Person, subject_id: str, *, as_child: bool, now: datetime) -> AgeView:
    """For all who answer about them, from now on; what was given stays in the series of its own questions.

    Raises:
        Refusal: the questions are chosen already, or the children's are those for their age.
    """
    desk, subject = await access_subject(db, person, subject_id)
    if subject.asked_as_child is as_child or not can_choose(subject.band):
        raise Refusal(Reason.NO_LONGER)
    about = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": subject.id}
    await storage.audit.note(db, Act.CHOOSE_QUESTIONS, **about, now=now)
    await storage.ages.ask_as_child(db, subject.id, as_child)
    view = await ages.view(db, person, subject_id)
    await ask_anew(db, view.case, now=now)
    return view
