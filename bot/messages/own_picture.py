"""A person's own curve, for themself: no cutoff, no zone and no word about how it is. It goes away by itself."""

from datetime import tzinfo

from bot.actions.pictures import Rated, TrendView
from bot.charts import series
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language
from bot.messages.drawn import marks
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import subject_about, subject_on_button


def own_picture(say: Language, view: TrendView, zone: tzinfo) -> Message:
    """The picture with its way out, and with the same about the others whom this person rates."""
    drawn = series.own(
        say,
        heading=_heading(say, view),
        outcome=(_week(say), marks(view.outcome, zone)),
        alliance=(_meetings(say), marks(view.alliance, zone)) if view.alliance else None,
        faces=_faces(view),
    )
    title, told = say("My picture"), f"<tg-spoiler>{plain(series.caption(drawn, say))}</tg-spoiler>"
    text = paragraphs(f"📈 {bold(title)}", told, say("This picture goes away by itself in ten minutes."))
    return Message(text, _buttons(say, view), picture=drawn, place=Place(PlaceKind.OWN_PICTURE, view.rater.id))


def _week(say: Language) -> series.Ends:
    """In words that people use of themselves, about whomever."""
    return series.Ends(say("How it has been"), low=say("hard times"), high=say("good times"))


def _meetings(say: Language) -> series.Ends:
    return series.Ends(say("How the meetings felt"), low=say("not for me"), high=say("just right for me"))


def _faces(view: TrendView) -> bool:
    """For who has answered by faces about themself; a carer has, too, about a child, and reads numbers."""
    ratings = [*view.outcome, *view.alliance]
    own = view.rater.is_own(view.subject.id)
    return own and bool(ratings) and max(ratings, key=lambda pair: pair[0])[1].instrument.faces


def _heading(say: Language, view: TrendView) -> str:
    """Of several children whom a carer rates, which one; and that they are from before."""
    own = say("My own answers")
    if len(view.rater.subject_ids) > 1:
        own = say("My answers, {about_whom}", about_whom=subject_about(say, view.case, view.subject))
    return say("{who}, earlier answers", who=own) if view.earlier else own


def _buttons(say: Language, view: TrendView) -> tuple[Row, ...]:
    others = [_about(say, view, each) for each in view.around.rated if each != view.rated]
    return column([*others, ask(say("Remove it now"), "away", view.rater.id)])


def _about(say: Language, view: TrendView, rated: Rated) -> Button:
    several = len(view.rater.subject_ids) > 1
    who = subject_on_button(say, view.case, rated.subject) if several else say("My picture")
    if rated.earlier is None:
        return ask(f"📈 {who}", "mine", view.rater.id, rated.subject.id)
    said = say("{who}, earlier answers", who=who)
    return ask(f"📈 {said}", "mine", view.rater.id, rated.subject.id, rated.earlier.code)


def to_own_picture(say: Language, rater_id: str, subject_id: str | None = None, *, whose: str = "") -> Button:
    """The way to it; `whose` tells several apart."""
    return ask(say("📈 My picture") + whose, "mine", rater_id, *([subject_id] if subject_id else []))
