"""A case's pictures for its workers, in one message: behind a spoiler, and so are their numbers in words."""

from datetime import tzinfo

from bot.actions.case_pictures import AreasView, FamilyView, MeasuresView, SidesView, Today, View
from bot.actions.pictures import Rated, TrendView
from bot.charts.qr import Code
from bot.domain.cases import Case, Subject
from bot.domain.letters import PictureKind, Place, PlaceKind
from bot.domain.profiles import Profile
from bot.i18n import Language
from bot.messages import drawn
from bot.messages.cases import to_case
from bot.messages.drawn import Drawn, day_of
from bot.messages.message import Document, Message, bold, paragraphs, plain
from bot.messages.picture_ways import SIGNS, ways


def nobody(say: Language, case: Case) -> Message:
    """Before the first answer."""
    text = paragraphs(bold(case.label), say("Nobody has answered yet."))
    return Message(text, ((to_case(say, case),),))


def shown(say: Language, view: View, profile: Profile, today: Today) -> Message:
    """The picture that a worker looks at, with the ways to all others of the case."""
    match view:
        case TrendView():
            return _message(say, view, PictureKind.TREND, view.rated, drawn.trend(say, view, profile, today), today)
        case FamilyView():
            return _message(say, view, PictureKind.FAMILY, view.subject, drawn.family(say, view, today), today)
        case SidesView():
            return _message(say, view, PictureKind.SIDES, view.subject, drawn.sides(say, view, today), today)
        case AreasView():
            return _message(say, view, PictureKind.AREAS, view.rated, drawn.areas(say, view, today), today)
        case MeasuresView():
            return _message(say, view, PictureKind.MEASURES, view.rated, drawn.measures(say, view, today), today)


def _message(say: Language, view: View, kind: PictureKind, about: Rated | Subject, its: Drawn, today: Today) -> Message:
    case = view.case
    title = f"{SIGNS[kind]} {bold(case.label)}{_closed(say, case, today.zone)}"
    caption = f"{title}\n<tg-spoiler>{plain(its.told)}</tg-spoiler>"
    rows = ways(say, case, view.around, kind, about)
    return Message(caption, rows, picture=its.picture, place=Place(PlaceKind.PICTURE, view.around.about_id, kind))


def _closed(say: Language, case: Case, zone: tzinfo) -> str:
    if case.closed_at is None:
        return ""
    return " · " + plain(say("closed on {day}", day=say.full_date(day_of(case.closed_at, zone))))


def printed(say: Language, view: View, profile: Profile, today: Today) -> Message:
    """The same picture as a file, for a meeting around a table. The file's name says nothing of anybody."""
    name, picture = say("picture"), shown(say, view, profile, today).picture
    assert picture is not None
    assert not isinstance(picture, Code)
    return Message(say("One A4 page."), ((to_case(say, view.case),),), document=Document(f"{name}.pdf", picture))
