"""The trend picture of a rater for the case's workers: behind a spoiler, and so are its numbers in words."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.pictures import Dated, TrendView
from bot.charts import series
from bot.domain.letters import Place, PlaceKind
from bot.domain.people import Kind
from bot.domain.profiles import Profile
from bot.i18n import Language
from bot.messages.message import Message, Row, ask, bold, plain
from bot.messages.people import rater_name, subject_name


def trend(say: Language, view: TrendView, profile: Profile, zone: tzinfo) -> Message:
    """The picture, with buttons to the other raters of the case."""
    drawn = series.trend(
        say,
        heading=_heading(say, view),
        meetings=[moment.astimezone(zone).date() for moment in view.meetings],
        outcome=_marks(view.outcome, zone),
        alliance=_marks(view.alliance, zone),
        outcome_cutoff=profile.outcome_cutoff(view.rater.kind, view.subject.band),
        alliance_cutoff=profile.alliance,
    )
    caption = f"📈 {bold(view.case.label)}\n<tg-spoiler>{plain(series.caption(drawn, say))}</tg-spoiler>"
    return Message(caption, _others(say, view), picture=drawn, place=Place(PlaceKind.PICTURE, view.about_id))


def _heading(say: Language, view: TrendView) -> str:
    who = f"{view.case.label} · {rater_name(say, view.case, view.rater)}"
    if view.rater.kind is Kind.CLIENT or len(view.rater.subject_ids) == 1:
        return who
    return say("{rater}, about {subject}", rater=who, subject=subject_name(say, view.case, view.subject))


def _marks(ratings: Sequence[Dated], zone: tzinfo) -> Sequence[series.Mark]:
    return [series.Mark(moment.astimezone(zone).date(), rating.total) for moment, rating in ratings]


def _others(say: Language, view: TrendView) -> tuple[Row, ...]:
    buttons = [ask(f"📈 {rater_name(say, view.case, each)}", "picture", each.id, view.about_id) for each in view.others]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
