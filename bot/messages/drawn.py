"""A case's pictures as data, and what they show in words: what a worker sees of ratings, in the worker's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from bot.actions.case_pictures import AreasView, FamilyView, Heard, MeasuresView, SidesView, Today
from bot.actions.pictures import Dated, Rated, TrendView, Unanswered
from bot.charts import series
from bot.charts.series import Picture
from bot.domain.cases import Case, Subject
from bot.domain.instruments import ITEMS, Instrument, Measure
from bot.domain.profiles import Profile
from bot.domain.ratings import Mode, SkipReason
from bot.domain.trajectories import Expected
from bot.i18n import Language
from bot.messages.events import kind_on_picture
from bot.messages.people import about_whom, client_name, rater_name
from bot.messages.wording import worded

_HOW = {mode: series.How(mode.value) for mode in Mode}


@dataclass(frozen=True)
class Drawn:
    """A picture, and the same in words."""

    picture: Picture
    told: str


# Trend


def trend(say: Language, view: TrendView, profile: Profile, today: Today) -> Drawn:
    """One rater's totals with all that belongs to them: what happened, what was skipped, how far they have come."""
    who = _who(say, view.case, view.rated)
    drawn = series.trend(
        say,
        heading=_heading(say, view.case, who),
        meetings=[day_of(moment, today.zone) for moment in view.meetings],
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
    return Drawn(drawn, series.caption(replace(drawn, heading=who), say) + _kept(say, [*view.outcome, *view.alliance]))


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


def day_of(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def marks(ratings: Sequence[Dated], zone: tzinfo) -> Sequence[series.Mark]:
    """Ratings as a picture has them: the local day, the total and how it came."""
    return [series.Mark(day_of(moment, zone), rating.total, _HOW[rating.mode]) for moment, rating in ratings]


def _cutoff(view: TrendView, profile: Profile) -> int | None:
    if view.series is not None:
        return view.series.cutoff(profile)
    return profile.outcome_cutoff(view.rater.kind_about(view.subject.id), view.subject.band)


def _of(unanswered: Sequence[Unanswered], measure: Measure) -> Sequence[Unanswered]:
    return [each for each in unanswered if each.measure is measure]


def _missing(unanswered: Sequence[Unanswered], zone: tzinfo) -> Sequence[series.Missing]:
    """Who wasn't asked has missed nothing."""
    left = (each for each in unanswered if each.reason is not SkipReason.NOT_ASKED)
    return [series.Missing(day_of(each.at, zone), _why(each)) for each in left]


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


def family(say: Language, view: FamilyView, today: Today) -> Drawn:
    drawn = series.family(
        say,
        heading=_heading(say, view.case, _subject(say, view.case, view.subject)),
        meetings=[],
        raters=[_ratings(say, view.case, each, today.zone) for each in view.heard],
        all_shown=view.all_shown,
    )
    return Drawn(drawn, _told(say, view, drawn))


def _ratings(say: Language, case: Case, heard: Heard, zone: tzinfo) -> series.Ratings:
    return series.Ratings(rater_name(say, case, heard.rater), marks(heard.outcome, zone), marks(heard.alliance, zone))


def sides(say: Language, view: SidesView, today: Today) -> Drawn:
    newest = [(each.rater, *each.outcome[-1]) for each in view.heard]
    drawn = series.side_by_side(
        say,
        heading=_heading(say, view.case, _subject(say, view.case, view.subject)),
        areas=_titles(say, view.instrument),
        newest=[
            series.Newest(rater_name(say, view.case, rater), day_of(moment, today.zone), rating.scores)
            for rater, moment, rating in newest
        ],
        all_shown=view.all_shown,
    )
    return Drawn(drawn, _told(say, view, drawn))


def _told(say: Language, view: FamilyView | SidesView, drawn: series.Family | series.SideBySide) -> str:
    return series.caption(replace(drawn, heading=_subject(say, view.case, view.subject)), say)


def _subject(say: Language, case: Case, subject: Subject) -> str:
    """Whom it is about, as a heading begins."""
    number = case.number_of_subject(subject)
    return client_name(say, subject.band) + (f" {number}" if number else "")


def _titles(say: Language, instrument: Instrument) -> Sequence[str]:
    return [say.instrument(f"{instrument.code}.{item}.title") for item in ITEMS]


# Areas


def areas(say: Language, view: AreasView, today: Today) -> Drawn:
    who = _who(say, view.case, view.rated)
    drawn = series.areas(
        say,
        heading=_heading(say, view.case, who),
        names=_titles(say, view.instrument),
        meetings=[day_of(moment, today.zone) for moment in view.meetings],
        ratings=[
            series.Scored(day_of(moment, today.zone), rating.scores, _HOW[rating.mode])
            for moment, rating in view.ratings
        ],
        missing=_missing(view.unanswered, today.zone),
    )
    return Drawn(drawn, series.caption(replace(drawn, heading=who), say) + _kept(say, view.ratings))


# The service's own measures


def measures(say: Language, view: MeasuresView, today: Today) -> Drawn:
    """A curve for each, all in one picture: each has a scale of its own, and no line to reach."""
    who = _who(say, view.case, view.rated)
    drawn = series.measures(
        say,
        heading=_heading(say, view.case, who),
        meetings=[day_of(moment, today.zone) for moment in view.meetings],
        measured=[_measured(say, view, which, given, today.zone) for which, given in view.measured],
    )
    given = [each for _, ratings in view.measured for each in ratings]
    return Drawn(drawn, series.caption(replace(drawn, heading=who), say) + _kept(say, given))


def _measured(
    say: Language, view: MeasuresView, which: Instrument, given: Sequence[Dated], zone: tzinfo
) -> series.Measured:
    missing = [each for each in view.unanswered if each.instrument == which]
    least = which.count * which.lowest
    title = worded(say, which, "title")
    return series.Measured(title, marks(given, zone), least, which.highest_total, _missing(missing, zone))
