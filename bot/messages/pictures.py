"""A case's pictures; the trend of a rater for its workers: behind a spoiler, and so are its numbers in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from bot.actions.pictures import Dated, Rated, TrendView
from bot.charts import series
from bot.domain.cases import Case
from bot.domain.letters import Place, PlaceKind
from bot.domain.profiles import Profile
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.message import Button, Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import rater_name, subject_about, subject_on_button


def pictures(say: Language, case: Case, rated: Sequence[Rated]) -> Message:
    """What there is a picture of; each is sent below."""
    told = say("Whose picture?") if rated else say("Nobody has answered yet.")
    return Message(paragraphs(bold(case.label), told), (*to_pictures(say, case, rated), (to_case(say, case),)))


def trend(say: Language, view: TrendView, profile: Profile, zone: tzinfo) -> Message:
    """The picture, with buttons to the meeting that goes on and to the other pictures of the case."""
    who = _who(say, view)
    drawn = series.trend(
        say,
        heading=f"{view.case.label} · {who}",
        meetings=[moment.astimezone(zone).date() for moment in view.meetings],
        outcome=marks(view.outcome, zone),
        alliance=marks(view.alliance, zone),
        outcome_cutoff=profile.outcome_cutoff(view.rater.kind, view.subject.band),
        alliance_cutoff=profile.alliance,
    )
    told = series.caption(replace(drawn, heading=who), say)
    caption = f"📈 {bold(view.case.label)}\n<tg-spoiler>{plain(told)}</tg-spoiler>"
    rows = (*_to_meeting(say, view), *to_pictures(say, view.case, view.others, view.about_id))
    return Message(caption, rows, picture=drawn, place=Place(PlaceKind.PICTURE, view.about_id))


def _who(say: Language, view: TrendView) -> str:
    """Who has rated, and where they rate several, whom about."""
    who = rater_name(say, view.case, view.rater)
    if len(view.rater.subject_ids) == 1:
        return who
    return say("{rater}, {about_whom}", rater=who, about_whom=subject_about(say, view.case, view.subject))


def marks(ratings: Sequence[Dated], zone: tzinfo) -> Sequence[series.Mark]:
    """Ratings as a picture has them: the local day and the total."""
    return [series.Mark(moment.astimezone(zone).date(), rating.total) for moment, rating in ratings]


def _to_meeting(say: Language, view: TrendView) -> tuple[Row, ...]:
    """The way back: the picture has come below the meeting's card."""
    return ((ask(say("🟢 To the meeting"), "tocard", view.going_on),),) if view.going_on else ()


def to_pictures(say: Language, case: Case, rated: Sequence[Rated], about_id: str = "") -> tuple[Row, ...]:
    """A button for each picture; two in a row, or one under the other where it says whom it is about.

    `about_id` is what the picture stands for that they replace; without one they are sent below.
    """
    long = any(len(each.rater.subject_ids) > 1 for each in rated)
    buttons, in_row = [_to_picture(say, case, each, about_id) for each in rated], 1 if long else 2
    return tuple(tuple(buttons[at : at + in_row]) for at in range(0, len(buttons), in_row))


def _to_picture(say: Language, case: Case, rated: Rated, about_id: str) -> Button:
    who = rater_name(say, case, rated.rater)
    if len(rated.rater.subject_ids) > 1:
        who = say("{rater}: {subject}", rater=who, subject=subject_on_button(say, case, rated.subject))
    return ask(f"📈 {who}", "picture", rated.rater.id, about_id, rated.subject.id)
