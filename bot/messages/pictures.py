"""A case's pictures for its workers, in one message: behind a spoiler, and so are their numbers in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from bot.actions.case_pictures import AreasView, FamilyView, Heard, MeasuresView, SidesView, Today, View
from bot.actions.pictures import Around, Dated, Rated, TrendView, Unanswered
from bot.charts import series
from bot.charts.qr import Code
from bot.charts.series import Picture
from bot.domain.cases import Case, Subject
from bot.domain.instruments import ITEMS, Instrument, Measure
from bot.domain.letters import PictureKind, Place, PlaceKind
from bot.domain.profiles import Profile
from bot.domain.ratings import Mode, SkipReason
from bot.domain.trajectories import Expected
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.events import kind_on_picture
from bot.messages.message import Button, Document, Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import about_whom, client_name, rater_name, subject_on_button, whom_on_button
from bot.messages.wording import worded

HALF = 18
"""Characters of a button that has half of a row on a small phone."""
MANY = 60
"""Of more curves than these only those about the same subject have a button, since a message has a hundred at most. The
others are reached from everybody's picture of whom they are about."""

_HOW = {mode: series.How(mode.value) for mode in Mode}
_SIGNS = {
    PictureKind.TREND: "📈",
    PictureKind.FAMILY: "👪",
    PictureKind.SIDES: "🧩",
    PictureKind.AREAS: "🔎",
    PictureKind.MEASURES: "📏",
}


def nobody(say: Language, case: Case) -> Message:
    """Before the first answer."""
    text = paragraphs(bold(case.label), say("Nobody has answered yet."))
    return Message(text, ((to_case(say, case),),))


def shown(say: Language, view: View, profile: Profile, today: Today) -> Message:
    """The picture that a worker looks at, with the ways to all others of the case."""
    match view:
        case TrendView():
            return trend(say, view, profile, today)
        case FamilyView():
            return _family(say, view, today)
        case SidesView():
            return _sides(say, view, today)
        case AreasView():
            return _areas(say, view, today)
        case MeasuresView():
            return _measures(say, view, today)


# Trend


def trend(say: Language, view: TrendView, profile: Profile, today: Today) -> Message:
    """One rater's totals with all that belongs to them: what happened, what was skipped, how far they have come."""
    who = _who(say, view.case, view.rated)
    drawn = series.trend(
        say,
        heading=_heading(say, view.case, who),
        meetings=[_day(moment, today.zone) for moment in view.meetings],
        outcome=marks(view.outcome, today.zone),
        alliance=marks(view.alliance, today.zone),
        outcome_cutoff=_cutoff(view, profile),
        alliance_cutoff=profile.alliance,
        besides=series.Besides(
            outcome_missing=_missing(_of(view.unanswered, Measure.OUTCOME), today.zone),
            alliance_missing=_missing(_of(view.unanswered, Measure.ALLIANCE), today.zone),
            events=[series.Event(each.day, kind_on_picture(say, each.kind), each.turn) for each in view.events],
            expected=(expected := _expected(view, profile)),
            corridor=None if any(expected) else _corridor(view, profile),
            today=today.day,
        ),
    )
    told = series.caption(replace(drawn, heading=who), say) + _kept(say, [*view.outcome, *view.alliance])
    return _message(say, view.case, drawn, told, PictureKind.TREND, view.around, view.rated, today)


def _heading(say: Language, case: Case, who: str) -> str:
    """Of a closed case it is said in the picture too: it may be looked at apart from its message."""
    closed = say("closed")
    return f"{case.label} · {who} · {closed}" if case.closed_at else f"{case.label} · {who}"


def _kept(say: Language, ratings: Sequence[Dated]) -> str:
    """One's own curve has all of it, and whoever lays it on the table knows what is in it."""
    words = say("🔒 Some of these answers were given only for the worker.")
    return f"\n{words}" if any(rating.only_worker for _, rating in ratings) else ""


def _who(say: Language, case: Case, rated: Rated) -> str:
    """Who has rated; where they rate several, whom about; and that it is from before."""
    who = rater_name(say, case, rated.rater)
    if len(rated.rater.subject_ids) > 1:
        who = say("{rater}, {about_whom}", rater=who, about_whom=about_whom(say, case, rated.rater, rated.subject))
    return say("{who}, earlier answers", who=who) if rated.earlier else who


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def marks(ratings: Sequence[Dated], zone: tzinfo) -> Sequence[series.Mark]:
    """Ratings as a picture has them: the local day, the total and how it came."""
    return [series.Mark(_day(moment, zone), rating.total, _HOW[rating.mode]) for moment, rating in ratings]


def _cutoff(view: TrendView, profile: Profile) -> int | None:
    if view.series is not None:
        return view.series.cutoff(profile)
    return profile.outcome_cutoff(view.rater.kind_about(view.subject.id), view.subject.band)


def _of(unanswered: Sequence[Unanswered], measure: Measure) -> Sequence[Unanswered]:
    return [each for each in unanswered if each.measure is measure]


def _missing(unanswered: Sequence[Unanswered], zone: tzinfo) -> Sequence[series.Missing]:
    """Who wasn't asked has missed nothing."""
    left = (each for each in unanswered if each.reason is not SkipReason.NOT_ASKED)
    return [series.Missing(_day(each.at, zone), _why(each)) for each in left]


def _why(unanswered: Unanswered) -> series.Why:
    if unanswered.reason is None:
        return series.Why.INCOMPLETE
    return series.Why.NOT_THERE if unanswered.reason is SkipReason.NOT_PRESENT else series.Why.SKIPPED


def _expected(view: TrendView, profile: Profile) -> Sequence[Expected | None]:
    """The lines of the loaded trajectory at each rating, as far as there is one for who has begun like this."""
    its, trajectories = view.series, view.trajectories
    if its is None or trajectories is None:
        return ()
    return [trajectories.expected(its.first(count), profile) for count in range(1, len(its) + 1)]


def _corridor(view: TrendView, profile: Profile) -> Expected | None:
    """One reliable change up and one down from the intake: what lies within may be noise."""
    if view.series is None:
        return None
    intake, change = view.series.intake.total, profile.reliable_change(view.series.instrument)
    return Expected(min(intake + change, series.FULL), max(intake - change, 0))


# Several raters


def _family(say: Language, view: FamilyView, today: Today) -> Message:
    drawn = series.family(
        say,
        heading=_heading(say, view.case, _subject(say, view.case, view.subject)),
        meetings=[],
        raters=[_ratings(say, view.case, each, today.zone) for each in view.heard],
        all_shown=view.all_shown,
    )
    return _of_several(say, view, drawn, PictureKind.FAMILY, today)


def _ratings(say: Language, case: Case, heard: Heard, zone: tzinfo) -> series.Ratings:
    return series.Ratings(rater_name(say, case, heard.rater), marks(heard.outcome, zone), marks(heard.alliance, zone))


def _sides(say: Language, view: SidesView, today: Today) -> Message:
    newest = [(each.rater, *each.outcome[-1]) for each in view.heard]
    drawn = series.side_by_side(
        say,
        heading=_heading(say, view.case, _subject(say, view.case, view.subject)),
        areas=_titles(say, view.instrument),
        newest=[
            series.Newest(rater_name(say, view.case, rater), _day(moment, today.zone), rating.scores)
            for rater, moment, rating in newest
        ],
        all_shown=view.all_shown,
    )
    return _of_several(say, view, drawn, PictureKind.SIDES, today)


def _of_several(
    say: Language,
    view: FamilyView | SidesView,
    drawn: series.Family | series.SideBySide,
    kind: PictureKind,
    today: Today,
) -> Message:
    told = series.caption(replace(drawn, heading=_subject(say, view.case, view.subject)), say)
    return _message(say, view.case, drawn, told, kind, view.around, view.subject, today)


def _subject(say: Language, case: Case, subject: Subject) -> str:
    """Whom it is about, as a heading begins."""
    number = case.number_of_subject(subject)
    return client_name(say, subject.band) + (f" {number}" if number else "")


def _titles(say: Language, instrument: Instrument) -> Sequence[str]:
    return [say.instrument(f"{instrument.code}.{item}.title") for item in ITEMS]


# Areas


def _areas(say: Language, view: AreasView, today: Today) -> Message:
    who = _who(say, view.case, view.rated)
    drawn = series.areas(
        say,
        heading=_heading(say, view.case, who),
        names=_titles(say, view.instrument),
        meetings=[_day(moment, today.zone) for moment in view.meetings],
        ratings=[
            series.Scored(_day(moment, today.zone), rating.scores, _HOW[rating.mode]) for moment, rating in view.ratings
        ],
        missing=_missing(view.unanswered, today.zone),
    )
    told = series.caption(replace(drawn, heading=who), say) + _kept(say, view.ratings)
    return _message(say, view.case, drawn, told, PictureKind.AREAS, view.around, view.rated, today)


# The service's own measures


def _measures(say: Language, view: MeasuresView, today: Today) -> Message:
    """A curve for each, all in one picture: each has a scale of its own, and no line to reach."""
    who = _who(say, view.case, view.rated)
    drawn = series.measures(
        say,
        heading=_heading(say, view.case, who),
        meetings=[_day(moment, today.zone) for moment in view.meetings],
        measured=[_measured(say, view, which, given, today.zone) for which, given in view.measured],
    )
    given = [each for _, ratings in view.measured for each in ratings]
    told = series.caption(replace(drawn, heading=who), say) + _kept(say, given)
    return _message(say, view.case, drawn, told, PictureKind.MEASURES, view.around, view.rated, today)


def _measured(
    say: Language, view: MeasuresView, which: Instrument, given: Sequence[Dated], zone: tzinfo
) -> series.Measured:
    missing = [each for each in view.unanswered if each.instrument == which]
    least = which.count * which.lowest
    title = worded(say, which, "title")
    return series.Measured(title, marks(given, zone), least, which.highest_total, _missing(missing, zone))


# The message


def _message(
    say: Language,
    case: Case,
    drawn: Picture,
    told: str,
    kind: PictureKind,
    around: Around,
    about: Rated | Subject,
    today: Today,
) -> Message:
    caption = (
        f"{_SIGNS[kind]} {bold(case.label)}{_closed(say, case, today.zone)}\n<tg-spoiler>{plain(told)}</tg-spoiler>"
    )
    rows = (
        *_to_meeting(say, around),
        *_to_several(say, case, around, but=(kind, about)),
        *_to_trends(say, case, around, about, kind),
        *_to_parts(say, around, about, kind),
        (_to_print(say, case, about, kind), ask(say("← The case"), "tocase", case.id, around.about_id)),
    )
    return Message(caption, rows, picture=drawn, place=Place(PlaceKind.PICTURE, around.about_id, kind))


def _to_print(say: Language, case: Case, about: Rated | Subject, kind: PictureKind) -> Button:
    named = _named(about, "") if isinstance(about, Rated) else [case.id, "", about.id]
    return ask(say("🖨 Print"), "printed", kind.value, named[0], *named[2:])


def printed(say: Language, view: View, profile: Profile, today: Today) -> Message:
    """The same picture as a file, for a meeting around a table. The file's name says nothing of anybody."""
    name, drawn = say("picture"), shown(say, view, profile, today).picture
    assert drawn is not None
    assert not isinstance(drawn, Code)
    return Message(say("One A4 page."), ((to_case(say, view.case),),), document=Document(f"{name}.pdf", drawn))


def _closed(say: Language, case: Case, zone: tzinfo) -> str:
    if case.closed_at is None:
        return ""
    return " · " + plain(say("closed on {day}", day=say.full_date(_day(case.closed_at, zone))))


def _to_meeting(say: Language, around: Around) -> tuple[Row, ...]:
    """The way back: the picture has come below the meeting's card."""
    return ((ask(say("🟢 To the meeting"), "tocard", around.going_on),),) if around.going_on else ()


def _to_trends(say: Language, case: Case, around: Around, about: Rated | Subject, kind: PictureKind) -> tuple[Row, ...]:
    """A button for each rater's curve, but for the one that is shown."""
    others = [each for each in around.rated if kind is not PictureKind.TREND or each != about]
    if len(others) > MANY:
        subject = about.subject if isinstance(about, Rated) else about
        others = [each for each in others if each.subject.id == subject.id][:MANY]
    return _in_rows([_to_trend(say, case, each, around.about_id) for each in others])


def _to_trend(say: Language, case: Case, rated: Rated, about_id: str) -> Button:
    who = rater_name(say, case, rated.rater)
    if len(rated.rater.subject_ids) > 1:
        who = say("{rater}: {subject}", rater=who, subject=whom_on_button(say, case, rated.rater, rated.subject))
    if rated.earlier:
        who = say("{who}, earlier answers", who=who)
    return ask(f"{_SIGNS[PictureKind.TREND]} {who}", "picture", *_named(rated, about_id))


def _named(rated: Rated, about_id: str) -> Sequence[str]:
    earlier = [rated.earlier.code] if rated.earlier else []
    return [rated.rater.id, about_id, rated.subject.id, *earlier]


def _to_parts(say: Language, around: Around, about: Rated | Subject, kind: PictureKind) -> tuple[Row, ...]:
    """From a rater's curve to the four items that it is the sum of, and to the service's own measures."""
    if not isinstance(about, Rated):
        return ()
    buttons = []
    if kind is PictureKind.TREND:
        buttons.append(_to(PictureKind.AREAS, say("By area"), "areas", *_named(about, around.about_id)))
    if kind is not PictureKind.MEASURES and about in around.measured:
        buttons.append(_to(PictureKind.MEASURES, say("Own measures"), "measures", *_named(about, around.about_id)))
    return _in_rows(buttons)


def _to(kind: PictureKind, name: str, verb: str, *named: str) -> Button:
    return ask(f"{_SIGNS[kind]} {name}", verb, *named)


def _to_several(
    say: Language, case: Case, around: Around, *, but: tuple[PictureKind, Rated | Subject]
) -> tuple[Row, ...]:
    """Everybody together and side by side, for each of whom several have spoken."""
    ways = ((PictureKind.FAMILY, "family", say("All together")), (PictureKind.SIDES, "sides", say("Side by side")))
    buttons = [
        ask(f"{_SIGNS[kind]} {_about(say, case, around, name, subject)}", verb, case.id, subject.id, around.about_id)
        for subject in around.together
        for kind, verb, name in ways
        if (kind, subject) != but
    ]
    return _in_rows(buttons)


def _about(say: Language, case: Case, around: Around, name: str, subject: Subject) -> str:
    """Of several subjects, which one."""
    return name if len(around.together) == 1 else f"{name}: {subject_on_button(say, case, subject)}"


def _in_rows(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Two short ones in a row; a long one has a row of its own, so that a phone doesn't cut it off."""
    rows = list[Row]()
    for button in buttons:
        beside = rows and len(rows[-1]) == 1 and max(len(each.text) for each in (*rows[-1], button)) <= HALF
        rows[-1:] = [(*rows[-1], button)] if beside else [*rows[-1:], (button,)]
    return tuple(rows)
