"""Who is here, while a meeting goes on and for as long as it takes answers: a tick for each."""

from datetime import datetime

from bot.actions.meetings import Card
from bot.domain.cases import Rater, SessionState
from bot.i18n import Language
from bot.messages.message import Button, Message, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_name


def here(say: Language, card: Card, *, now: datetime) -> Message:
    """A tap takes somebody in or out at once; what each of the two means is said above."""
    case, session = card.case, card.session
    back = ask(say("← To the meeting"), "meeting", session.id)
    if not session.takes_answers(now=now):
        return Message(paragraphs(bold(case.label), say("This meeting is over already.")), ((back,),))
    can_come = [each for each in case.present_raters if each.can_meet]
    text = paragraphs(bold(case.label), say("Who is here?"), _what_it_does(say, card), _not_joined(say, card))
    return Message(text, (*column([_tick(say, card, each) for each in can_come]), (back,)))


def _tick(say: Language, card: Card, rater: Rater) -> Button:
    name, is_here = rater_name(say, card.case, rater), rater.id in card.session.rater_ids
    return ask(f"{'✅' if is_here else '⬜️'} {name}", "wasnt" if is_here else "come", card.session.id, rater.id)


def _what_it_does(say: Language, card: Card) -> str:
    out = say("Whoever you take out wasn't there after all: open questions are closed, given answers stay.")
    if card.session.state is SessionState.OPEN:
        return "\n".join([say("Whoever you tick now is asked at once how they have been."), out])
    return "\n".join([say("Whoever you tick now is asked at once how the meeting worked."), out])


def _not_joined(say: Language, card: Card) -> str:
    raters = [each for each in card.case.present_raters if not (each.can_meet or each.is_guess)]
    names = ", ".join(rater_name(say, card.case, each) for each in raters)
    return say("Not joined yet: {who}", who=plain(names)) if names else ""
