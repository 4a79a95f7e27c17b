"""Every screen there is, by name, with the longest and the worst that can stand in it.

`test_every_screen.py` notices a new screen that isn't here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, product
from zoneinfo import ZoneInfo

from bot.actions.ages import AgeView
from bot.actions.attention import Needs
from bot.actions.case_pictures import AreasView, FamilyView, Heard, MeasuresView, SidesView, Today, View
from bot.actions.cases import CaseLine, CaseView
from bot.actions.closing import StillOpen
from bot.actions.entering import Entry, Ways
from bot.actions.events import TimeLine
from bot.actions.given import AllGiven, Given
from bot.actions.groups import MOST, Choice, GroupCard, GroupLine
from bot.actions.handing_over import Before, InHands
from bot.actions.invitations import Offer, Secrets
from bot.actions.joining import Asked
from bot.actions.meetings import Attendance, Card, CardLine, Progress
from bot.actions.own_data import Own, OwnData
from bot.actions.packs import PacksView
from bot.actions.people import GoingOn, Home, Seat
from bot.actions.pictures import Around, Rated, TrendView
from bot.actions.planned_card import LastSaid, PlannedCard
from bot.actions.plans import PlansView, PlanView
from bot.actions.preferences import Desk, Leave
from bot.actions.raters import PeopleView, RaterView
from bot.actions.ratings import RatingView
from bot.actions.reminders import Waiting
from bot.actions.reviews import ReviewView, Way
from bot.actions.sharing import Circle, Offered, Taken
from bot.actions.summary import Answered, Strand, Summary
from bot.actions.tagging import CaseList, TagsView
from bot.actions.talks import AlertView
from bot.actions.topics import Topic, Voice
from bot.actions.undelivered import Flagged, Lost
from bot.config import Settings
from bot.domain.alerts import Alert, Level, Rule
from bot.domain.attachments import Attachment
from bot.domain.attention import Concern
from bot.domain.cases import Case, CaseState, Ending, Rater, Session, SessionState, Subject
from bot.domain.change import Change
from bot.domain.errors import Reason
from bot.domain.events import DAYS_BACK, Event, EventKind, InReach, Turn
from bot.domain.handing_over import HandOver
from bot.domain.instruments import CORS, ITEMS, OF_MEETING, ORS, SRS, Measure
from bot.domain.offers import Offer as CaseOffer
from bot.domain.offers import OfferKind
from bot.domain.pack_files import parsed
from bot.domain.people import AgeBand, Kind, Person, Role, Worker
from bot.domain.plans import Plan, PlanState
from bot.domain.preferences import FirstSteps, Preferences
from bot.domain.profiles import ICCE
from bot.domain.ratings import REVIEW, Draft, DraftState, Mode, Rating, SkipReason
from bot.domain.reviews import Decided, Review
from bot.domain.series import Series, series_of
from bot.domain.tags import Tag
from bot.domain.times import QuietHours
from bot.i18n import Language
from bot.messages import (
    ages,
    alerts,
    asked_as,
    case_more,
    case_people,
    cases,
    closing,
    entering,
    events,
    finding,
    first_steps,
    given,
    groups,
    handing_over,
    help_lines,
    helping,
    home,
    invitations,
    joining,
    leave,
    letters,
    meeting,
    own_data,
    own_picture,
    packs,
    pictures,
    plans,
    presence,
    privacy,
    rater,
    refusals,
    reminders,
    reviews,
    settings,
    sharing,
    summary,
    tags,
    topics,
    undelivered,
    weeks,
)
from bot.messages.entering import EntryScreens
from bot.messages.message import Message
from bot.messages.rating import RatingScreens
from bot.messages.rating import deleted as rating_deleted
from storage.invitations import Ended, OpenInvitation
from tests.domain.test_pack_files import ENERGY

NOW = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Helsinki")
HELP_LINES = help_lines.load(Settings.from_env({}).help_lines)
CODE = "Ä" * 12 + "-9999"
WORST = "Smörblomma <b>&lt;'\"</i> 99"
LONG_ID = "W" * 12


def id(number: int) -> str:
    """An id as long as they are."""
    return f"{number:W>12}"


WORKER = Worker(id(1), CODE, "<i>&amp;\"'</b>", Role.WORKER, id(2))
SUBJECTS = (
    Subject(id(3), LONG_ID, AgeBand.ADOLESCENT),
    Subject(id(4), LONG_ID, AgeBand.CHILD),
    Subject(id(5), LONG_ID, AgeBand.CHILD),
    Subject(id(6), LONG_ID, AgeBand.UNDER_6),
)
EVERYBODY = tuple(each.id for each in SUBJECTS)
CLIENT = Rater(id(10), LONG_ID, Kind.CLIENT, AgeBand.ADOLESCENT, (id(3),), id(20))
CHILD = Rater(id(11), LONG_ID, Kind.CLIENT, AgeBand.CHILD, (id(4),), id(21))
OTHER_CHILD = Rater(id(12), LONG_ID, Kind.CLIENT, AgeBand.CHILD, (id(5),), None)
MOTHER = Rater(id(13), LONG_ID, Kind.MOTHER, AgeBand.ADULT, EVERYBODY, id(22))
PROFESSIONALS = tuple(
    Rater(id(30 + number), LONG_ID, Kind.PROFESSIONAL, AgeBand.ADULT, EVERYBODY, id(50 + number))
    for number in range(12)
)
RATERS = (CLIENT, CHILD, OTHER_CHILD, MOTHER, *PROFESSIONALS)
CASE = Case(LONG_ID, WORST, CaseState.OPEN, NOW, SUBJECTS, RATERS)
ASKED_CASE = Case(LONG_ID, WORST, CaseState.ASKED, NOW, SUBJECTS[1:2], (MOTHER,), check=WORST)
SESSION = Session(id(7), LONG_ID, WORKER.id, SessionState.OPEN, NOW, None, tuple(each.id for each in RATERS), LONG_ID)
RATED = tuple(Rated(each, CASE.subject(about)) for each in RATERS for about in each.subject_ids)
AROUND = Around(SESSION.id, RATED, SUBJECTS, SESSION.id, RATED)
TODAY = Today(NOW.date(), ZONE)
VIEW = CaseView(CASE, SESSION, RATED)
LINES = [CaseLine(CASE, NOW, meets, tuple(Concern)) for meets in (True, False)] * 10
SEATS = [Seat(each, CASE, WORKER, rates_meetings=True, has_rated=True) for each in (CLIENT, MOTHER, CHILD)]
HOME = Home(WORKER, SEATS, waiting=3, undelivered=12, offered=2)
OFFER = Offer("W" * 22, CASE, MOTHER, WORKER)
ASKED = Asked(ASKED_CASE, MOTHER, WORKER)
SECRETS = Secrets("W" * 22, "7K3QM9TZ4X", LONG_ID)
INVITED = OpenInvitation(LONG_ID, NOW)
ATTACHMENT = Attachment(LONG_ID, LONG_ID, MOTHER.id, LONG_ID, AgeBand.CHILD, new_place=True, at=NOW)
TWO_SIDED = replace(MOTHER, own_subject_id=SUBJECTS[3].id, language="fi")
NO_PHONE = replace(OTHER_CHILD, own_phone=False)
GUESS = Rater(id(80), LONG_ID, Kind.SCHOOL, AgeBand.ADULT, (id(3),), None, guessed_by=CLIENT.id)
GUESS_OF_MOTHERS = Rater(id(81), LONG_ID, Kind.FATHER, AgeBand.ADULT, EVERYBODY, None, guessed_by=MOTHER.id)
LEFT = replace(PROFESSIONALS[0], ended_at=NOW)
PEOPLE_CASE = replace(
    CASE, raters=(CLIENT, CHILD, NO_PHONE, TWO_SIDED, *PROFESSIONALS[1:], GUESS, GUESS_OF_MOTHERS, LEFT)
)
PEOPLE = PeopleView(PEOPLE_CASE, {NO_PHONE.id: INVITED, LEFT.id: INVITED}, frozenset({id(22)}))
ATTENDANCE = Attendance(CASE, tuple(each for each in RATERS if each.joined), frozenset({CLIENT.id, MOTHER.id}))

OWN = Draft(id(8), LONG_ID, SESSION.id, CLIENT.id, SUBJECTS[0].id, ORS, NOW)
ABOUT = Draft(id(9), LONG_ID, SESSION.id, MOTHER.id, SUBJECTS[1].id, CORS, NOW)
AFTER = Draft(id(14), LONG_ID, SESSION.id, MOTHER.id, None, SRS, NOW)
GUESSED = Draft(id(17), LONG_ID, SESSION.id, GUESS.id, SUBJECTS[0].id, ORS, NOW)
FOR_MOTHER = Draft(id(18), LONG_ID, SESSION.id, GUESS_OF_MOTHERS.id, SUBJECTS[1].id, CORS, NOW)
FULL = (100, 0, 70, 50)
ABOUT_VIEW = RatingView(ABOUT, CASE, MOTHER)
RATING = Rating(id(16), id(9), LONG_ID, WORKER.id, SESSION.id, MOTHER.id, SUBJECTS[1].id, CORS, Mode.BUTTONS, FULL, NOW)


def trend_view() -> TrendView:
    """Forty meetings of one rater, with a rating at each."""
    moments = [NOW - timedelta(days=7 * number) for number in range(39, -1, -1)]
    ratings = [
        Rating(id(n), id(n), CASE.id, WORKER.id, None, MOTHER.id, id(4), CORS, Mode.BUTTONS, (10, 9, 8, 7), at)
        for n, at in enumerate(moments)
    ]
    dated = list(zip(moments, ratings, strict=True))
    return TrendView(CASE, MOTHER, SUBJECTS[1], moments, dated, dated, AROUND, series=series_of(CASE, ratings)[0])


def picture_views() -> Sequence[View]:
    """All ways to look at a case, with more raters than there is room for."""
    view = trend_view()
    heard = [Heard(each, view.outcome, view.alliance) for each in RATERS]
    return (
        view,
        replace(view, earlier=CORS),
        FamilyView(CASE, SUBJECTS[1], heard, all_shown=False, around=AROUND),
        SidesView(CASE, SUBJECTS[1], CORS, heard, all_shown=False, around=AROUND),
        AreasView(CASE, view.rated, CORS, view.outcome, AROUND),
        MeasuresView(CASE, view.rated, [(parsed(ENERGY).instrument, view.outcome)], AROUND),
        replace(view, case=replace(CASE, closed_at=NOW)),
    )


def card(state: SessionState) -> Card:
    ended = NOW if state is SessionState.ENDED else None
    session = replace(SESSION, state=state, ended_at=ended)
    every = list(Progress)
    lines = [CardLine(each, every[at % 5], every[at // 5 % 5]) for at, each in enumerate(RATERS)]
    return Card(CASE, session, tuple(lines), look_back=True)


def _of_handing_over(say: Language) -> dict[str, Sequence[Message]]:
    barred = HandOver(id(2), CHILD.id, SESSION.id, NOW, 99995, NOW)
    begun = [InHands(barred, (RatingView(each, CASE, CHILD),)) for each in (OWN, AFTER)]
    nothing, to = InHands(barred), (SESSION.id, CHILD.id)
    thanks = RatingScreens(say, RatingView(replace(OWN, state=DraftState.SENT), CASE, CHILD), HELP_LINES).present()
    before = [Before(CASE, SESSION, each, has_pin=True) for each in (CHILD, MOTHER)]
    pads = [(first, digits) for first in ("", "f" * 12) for digits in ("", "4", "482")]
    return {
        "handing_over.before": [handing_over.before(say, each) for each in before],
        "handing_over.not_handed_over": [handing_over.not_handed_over(say, each) for each in before],
        "handing_over.pin": [handing_over.pin(say, chosen=each) for each in (True, False)],
        "handing_over.choose_pin": [handing_over.choose_pin(say, to, *each) for each in pads]
        + [handing_over.choose_pin(say, ("", ""), "", "", said=handing_over.easy_pin(say))]
        + [handing_over.choose_pin(say, ("", ""), "", "", said=handing_over.unequal_pins(say))],
        "handing_over.rating": [handing_over.rating(say, thanks, each) for each in (*begun, nothing)],
        "handing_over.neutral": [handing_over.neutral(say, each) for each in (*begun, nothing)],
        "handing_over.give_back": [
            handing_over.give_back(say, barred, ZONE, "", barred=True),
            handing_over.give_back(say, barred, ZONE, "", wrong=True),
            handing_over.give_back(say, replace(barred, tries=4), ZONE, "", wrong=True),
            handing_over.give_back(say, barred, ZONE, "482"),
        ],
    }


def every_screen(say: Language) -> dict[str, Sequence[Message]]:
    """By the function that makes it, each in all its states."""
    return {
        **_others(say),
        **_of_entering(say),
        **_of_given(say),
        **_of_cases(say),
        **_of_sharing(say),
        **_of_closing(say),
        **_of_meetings(say),
        **_of_plans(say),
        **_of_groups(say),
        **_of_rating(say),
        **_of_handing_over(say),
    }


def _others(say: Language) -> dict[str, Sequence[Message]]:
    bands, kinds = list(AgeBand), list(Kind)
    return {
        "home.home": [
            home.home(say, each, ZONE)
            for each in (
                HOME,
                replace(HOME, worker=None),
                replace(HOME, worker=replace(WORKER, away_since=NOW), away_until=NOW),
                replace(HOME, going_on=[GoingOn(LONG_ID, CASE.label, LONG_ID)], unfinished=LONG_ID),
                replace(HOME, cases=LINES[:6], has_more=True, first_steps=FirstSteps(True, False, False)),
                replace(HOME, seats=[Seat(CLIENT, ASKED_CASE, WORKER, rates_meetings=False)]),
                Home(None, [], 0),
            )
        ],
        "helping.to_worker": [helping.to_worker(say)],
        "helping.to_client": [helping.to_client(say, HELP_LINES)],
        "helping.to_stranger": [helping.to_stranger(say, HELP_LINES)],
        "helping.seen": [helping.seen(say)],
        "finding.which_case": [finding.which_case(say, LINES[:2], ZONE)],
        "finding.no_case": [finding.no_case(say, code) for code in (CODE, None)],
        "finding.which_meeting": [
            *(finding.which_meeting(say, LINES, page, ZONE) for page in (0, 2)),
            finding.which_meeting(say, [], 0, ZONE),
        ],
        "own_data.own_data": [*_of_own_data(say)],
        "own_data.which_one": [own_data.which_one(say, _full(say), page, ZONE) for page in (0, 9)],
        "first_steps.first_steps": [
            first_steps.first_steps(say, FirstSteps(*[number < done for number in range(3)])) for done in range(4)
        ],
        "first_steps.introduce": [first_steps.introduce(say)],
        **_of_settings(say),
        "settings.settings_of_client": [settings.settings_of_client(say, dark=each) for each in (True, False)],
        "home.stranger": [home.stranger(say)],
        "home.languages": [home.languages(say)],
        "home.enter_code": [home.enter_code(say)],
        "joining.who_are_you": [joining.who_are_you(say, WORKER)],
        "joining.whom_about": [joining.whom_about(say, CODE, kind) for kind in kinds],
        "joining.consent": [joining.by_worker_code(say, CODE, Kind.SCHOOL, AgeBand.ADOLESCENT)],
        "joining.offer": [joining.offer(say, OFFER)],
        "joining.by_worker_code": [joining.by_worker_code(say, CODE, kind, band) for kind in kinds for band in bands],
        "joining.asked_to_join": [joining.asked_to_join(say, ASKED_CASE)],
        "joining.asked_list": [joining.asked_list(say, [ASKED_CASE] * 20), joining.asked_list(say, [])],
        "joining.which_case": [joining.which_case(say, ASKED_CASE, LINES), joining.which_case(say, ASKED_CASE, [])],
        "joining.which_place": [joining.which_place(say, ASKED_CASE, CASE, RATERS)],
        "joining.send_away": [joining.send_away(say, ASKED_CASE)],
        "joining.sent_away": [joining.sent_away(say)],
        "letters.joined": [letters.joined(say, CASE, each) for each in RATERS],
        "letters.accepted": [letters.accepted(say)],
        "letters.not_mine": [letters.not_mine(say)],
        "letters.rating_deleted": [letters.rating_deleted(say, CASE, each) for each in RATERS],
        "letters.waits_again": [letters.waits_again(say, WORST)],
        "letters.undone": [letters.undone(say, CASE)],
        "letters.forgotten": [letters.forgotten(say, CASE, each) for each in RATERS],
        "letters.shown_again": [letters.shown_again(say, RatingScreens(say, ABOUT_VIEW, HELP_LINES).present())],
        **_of_alerts(say),
        **_of_events(say),
        **_of_reviews(say),
        "packs.packs": [packs.packs(say, each) for each in packs_views()],
        "undelivered.alert": [
            undelivered.alert(say, Flagged(99999, WORKER, NOW, each), ZONE) for each in (False, True)
        ],
        "undelivered.listed": [
            undelivered.listed(say, [Lost(99999, CODE, NOW), Lost(None, CODE, NOW)] * 10, page, ZONE)
            for page in (0, 1, 9)
        ]
        + [undelivered.listed(say, [], 0, ZONE)],
        "privacy.privacy": [privacy.privacy(say, HELP_LINES, free_text=each) for each in (False, True)],
        "privacy.forget": [privacy.forget(say)],
        "privacy.forgotten": [privacy.forgotten(say)],
        "privacy.nothing_own": [privacy.nothing_own(say)],
        "refusals.refused": [refusals.refused(say, reason) for reason in Reason],
        "refusals.not_understood": [refusals.not_understood(say, HELP_LINES)],
        "refusals.no_media": [refusals.no_media(say)],
        "refusals.only_in_private": [refusals.only_in_private(say)],
    }


def _of_settings(say: Language) -> dict[str, Sequence[Message]]:
    away = replace(WORKER, away_since=NOW, deputy_id=id(40))
    night, never = QuietHours(time(20, 30), time(8)), QuietHours(time(0), time(0))
    desks = [
        Desk(WORKER, Preferences(), None),
        Desk(away, Preferences(night, NOW), replace(WORKER, id=id(40))),
        Desk(away, Preferences(never), None),
        Desk(WORKER, Preferences(never, NOW + timedelta(days=40), leaves_at=NOW + timedelta(days=9)), None),
    ]
    others = [replace(WORKER, id=id(60 + number)) for number in range(20)]
    return {
        "settings.settings": [settings.settings(say, each, hours, ZONE) for each in desks for hours in (night, None)],
        "settings.quiet_hours": [settings.quiet_hours(say, each, hours) for each in desks for hours in (night, None)],
        "settings.deputies": [settings.deputies(say, each, found, 1) for each in desks for found in (others, [])],
        "settings.leave": [
            settings.leave(say, each, NOW.date() + timedelta(days=n)) for each in desks for n in range(7)
        ],
        "leave.from_when": [leave.from_when(say, NOW.date() + timedelta(days=n)) for n in range(7)],
        "leave.until_when": [leave.until_when(say, each, NOW.date()) for each in desks],
        "settings.are_you_back": [settings.are_you_back(say, each) for each in desks],
        "settings.of_colleague": [
            settings.of_colleague(say, Leave(away, until, stands_in, begins), ZONE)
            for until in (NOW, None)
            for begins in (NOW, None)
            for stands_in in (False, True)
        ],
    }


def _full(say: Language) -> OwnData:
    guess = replace(MOTHER, id=id(17), guessed_by=CLIENT.id)
    case = replace(CASE, raters=(*RATERS, guess))
    given = [
        Own(replace(RATING, only_worker=True), case, MOTHER),
        Own(replace(RATING, scores=(), whole=284), case, guess),
        Own(replace(RATING, instrument=SRS, subject_id=None), case, CLIENT),
    ] * 5
    return OwnData(Person(id(20), say.code), WORKER, Preferences(), SEATS, given)


def _of_own_data(say: Language) -> Iterator[Message]:
    yield from (own_data.own_data(say, _full(say), page, ZONE) for page in (0, 1, 9))
    yield own_data.own_data(say, OwnData(Person(id(20), say.code), None, Preferences(), (), ()), 0, ZONE)


def _of_alerts(say: Language) -> dict[str, Sequence[Message]]:
    views = [replace(each, stands_in=deputy) for each in alert_views() for deputy in (False, True)]
    later = [replace(each, alert=replace(each.alert, later_at=NOW + timedelta(hours=2))) for each in views]
    untrue = [replace(each, so=False) for each in views]
    return {
        "alerts.alert": [
            alerts.alert(say, each, repeated=r, again=r, passed_on=r) for each in views for r in (False, True)
        ],
        "alerts.opened": [alerts.opened(say, each) for each in (*views, *later, *untrue)],
        "alerts.talked": [alerts.talked(say, each) for each in (*views, *untrue)],
        "alerts.put_off": [alerts.put_off(say, each, ZONE, now=NOW) for each in (*later, *views, *untrue)],
        "alerts.changed": [alerts.changed(say, each) for each in views],
    }


def _of_events(say: Language) -> dict[str, Sequence[Message]]:
    today = NOW.date()
    days = [today - timedelta(days=each) for each in (0, 30, DAYS_BACK)]
    noted = [
        Event(LONG_ID, LONG_ID, subject, WORKER.id, kind, way, reach, day, NOW, "<w>" * 66 if way is Turn.UP else None)
        for kind in EventKind
        for subject, way, reach, day in zip((None, *EVERYBODY), (*Turn, Turn.UP), (None, *InReach), cycle(days))
    ]
    alone = replace(CASE, subjects=CASE.subjects[:1])
    return {
        "events.time_line": [
            events.time_line(say, TimeLine(CASE, noted), page, today, free_text=True) for page in (0, 1, 99)
        ]
        + [events.time_line(say, TimeLine(CASE, []), 0, today)],
        "events.which_kind": [events.which_kind(say, TimeLine(CASE, noted))],
        "events.event": [
            events.event(say, case, each, today, free_text=True) for case in (CASE, alone) for each in noted
        ],
        "events.ask_words": [
            events.ask_words(say, CASE, each, why) for each in noted for why in (None, Reason.TOO_LONG)
        ],
    }


def _of_reviews(say: Language) -> dict[str, Sequence[Message]]:
    one = Series(CORS, Kind.MOTHER, AgeBand.CHILD, (RATING,))
    ways = [Way(each, CASE.subject(about), one) for each in RATERS for about in each.subject_ids]
    happened = [Event(LONG_ID, LONG_ID, None, WORKER.id, kind, Turn.DOWN, None, NOW.date(), NOW) for kind in EventKind]
    views = [
        ReviewView(CASE, NOW, 99, ways, happened, Review(id(1), LONG_ID, WORKER.id, decided, NOW))
        for decided in Decided
    ]
    views.append(ReviewView(CASE, NOW, 0, [], [], meeting=SESSION))
    return {
        "reviews.card": [reviews.card(say, each, ZONE) for each in views],
    }


def packs_views() -> Iterator[PacksView]:
    pack = parsed(ENERGY)
    given = replace(RATING, instrument=pack.instrument, scores=(10, 50))
    series = [Series(pack.instrument, Kind.MOTHER, AgeBand.CHILD, (given,) * 12)] * 20
    for codes in (frozenset({pack.code}), frozenset[str]()):
        yield PacksView(CASE, [pack] * 8, codes, series)
    yield PacksView(CASE, [], frozenset(), [])


def alert_views() -> Iterator[AlertView]:
    """Each rule alone; and with all the others, after many ratings, and of somebody who waits for a yes."""
    one = Series(CORS, Kind.MOTHER, AgeBand.CHILD, (RATING,))
    many = replace(one, ratings=tuple(replace(RATING, id=id(n), draft_id=id(n)) for n in range(40)))
    rules = [each for each in Rule if each is not Rule.RATING_MISSING]
    for rule in rules:
        alert = Alert(999999999, LONG_ID, id(8), rule, NOW)
        others = tuple(replace(alert, number=999999998, rule=each) for each in rules if each is not rule)
        yield AlertView(alert, (), CASE, MOTHER, one)
        yield AlertView(alert, others, CASE, MOTHER, many)
    yield AlertView(Alert(9, LONG_ID, id(8), Rule.VERY_LOW, NOW), (), ASKED_CASE, MOTHER, one)


def topics_of_a_meeting() -> tuple[Topic, ...]:
    """Each rule at each level, by all raters about all subjects."""
    voices = tuple(Voice(each, CASE.subject(about)) for each in RATERS for about in each.subject_ids)
    numbers = tuple(range(999999900, 999999999))
    return tuple(
        Topic(rule, level, voices, numbers if level is Level.ALERT else ())
        for level in Level
        for rule in Rule
        if rule is not Rule.RATING_MISSING
    )


def _of_cases(say: Language) -> dict[str, Sequence[Message]]:
    ended = replace(SESSION, state=SessionState.ENDED, ended_at=NOW)
    views = [
        VIEW,
        replace(VIEW, needs=Needs(tuple(Concern), 999999999, tuple(zip(SUBJECTS, AgeBand, strict=False))), tags=TAGS),
        replace(VIEW, case=replace(CASE, state=CaseState.CLOSED)),
        replace(VIEW, newest=None, rated=()),
        replace(VIEW, newest=ended),
    ]
    return {
        "cases.listed": [
            *(cases.listed(say, LINES, page, ZONE) for page in (0, 1, 2, 99999)),
            cases.listed(say, LINES, 1, ZONE, tag=TAGS[0], has_tags=True),
            cases.listed(say, [], 0, ZONE),
        ],
        "cases.new": [cases.new(say, count) for count in (0, 3)],
        "cases.card": [cases.card(say, view, ZONE) for view in views],
        "case_people.people": [case_people.people(say, PEOPLE, ZONE, page) for page in (0, 1, 2)],
        "case_people.add": [case_people.add(say, CASE)],
        "case_people.add_client": [case_people.add_client(say, CASE)],
        **_of_ages(say),
        "tags.on_case": [tags.on_case(say, TagsView(CASE, each, frozenset({id(1)})), 1) for each in (TAGS, ())],
        "tags.choose": [tags.choose(say, CaseList(LINES, None, dict.fromkeys(TAGS, 99999)), page) for page in (0, 9)],
        "case_more.more": [case_more.more(say, CASE)],
        "case_more.another_label": [case_more.another_label(say, CASE)],
        "pictures.nobody": [pictures.nobody(say, CASE)],
        **_of_raters(say),
    }


def _of_closing(say: Language) -> dict[str, Sequence[Message]]:
    nothing = StillOpen(meeting=False, unanswered=0, alerts=0, plans=0, offers=0)
    everything = StillOpen(meeting=True, unanswered=99, alerts=99, plans=99, offers=99)
    empty = Summary(CASE, (), (), (), ())
    ended = [replace(a_summary(), case=replace(CASE, closed_at=NOW, ending=each)) for each in Ending]
    return {
        "closing.close": [closing.close(say, CASE, each) for each in (nothing, everything)],
        "closing.closed": [closing.closed(say, each, ZONE) for each in ended],
        "closing.listed": [closing.listed(say, found, 0, ZONE) for found in ([replace(CASE, closed_at=NOW)] * 20, [])],
        "closing.reopened": [closing.reopened(say, CASE, missing) for missing in ((), RATERS)],
        "closing.told_family": [closing.told_family(say)],
        "closing.told_worker": [closing.told_worker(say, CASE)],
        "closing.family_again": [closing.family_again(say)],
        "closing.worker_again": [closing.worker_again(say, CASE)],
        "summary.page": [summary.page(say, each, ZONE) for each in (a_summary(), empty, *ended)],
        "summary.printed": [summary.printed(say, a_summary(), ZONE)],
        "summary.for_record": [summary.for_record(say, each, ZONE, today=NOW) for each in (a_summary(), *ended)],
    }


def a_summary() -> Summary:
    """Everybody about everybody, with a long time line."""
    rated = [(RATING, each.subject) for each in RATED] + [(replace(RATING, subject_id=None, instrument=SRS), None)] * 16
    changes, strands = list(Change), []
    for at, (rating, subject) in enumerate(rated):
        series = Series(rating.instrument, Kind.MOTHER, AgeBand.CHILD, (rating, replace(rating, id=id(99))))
        both = (NOW, NOW + timedelta(days=7))
        strands.append(
            Strand(RATERS[at % len(RATERS)], subject, series, both, changes[at % 4], (True, False, None)[at % 3])
        )
    events = [
        Event(id(n), LONG_ID, None, id(1), kind, Turn.UP, None, NOW.date(), NOW) for n, kind in enumerate(EventKind)
    ]
    answered = tuple(Answered(each, 99, 98, 1) for each in RATERS)
    return Summary(CASE, (NOW - timedelta(days=700), NOW), tuple(strands), answered, tuple(events * 9), all_shown=False)


def _of_sharing(say: Language) -> dict[str, Sequence[Message]]:
    other = replace(WORKER, id=id(70), code="KOIVU-27")
    offers = [
        Offered(CaseOffer(id(n), LONG_ID, WORKER.id, id(70), kind, NOW), other) for n, kind in enumerate(OfferKind)
    ]
    circle = Circle(CASE, WORKER, (WORKER, other), (other,), offers, own=True)
    team = [replace(WORKER, id=id(n)) for n in range(20)]
    cases = (CASE, None)
    return {
        "sharing.circle": [sharing.circle(say, each, ZONE) for each in (circle, replace(circle, own=False))],
        "sharing.colleagues": [
            sharing.colleagues(say, CASE, found, page) for found, page in ((team, 0), (team, 2), ([], 0))
        ],
        "sharing.colleague": [sharing.colleague(say, CASE, WORKER, has_it=each) for each in (False, True)],
        "sharing.which_case": [sharing.which_case(say, WORKER, found, 1) for found in ([CASE] * 20, [])],
        "sharing.leave": [sharing.leave(say, circle)],
        "sharing.left": [sharing.left(say)],
        "sharing.offered": [sharing.offered(say, each, ZONE) for each in offers],
        "sharing.waiting": [sharing.waiting(say, found, 0) for found in (offers * 10, [])],
        "sharing.taken": [
            sharing.taken(say, Taken(CASE, WORKER, kind, relabelled))
            for kind in OfferKind
            for relabelled in (False, True)
        ],
        "sharing.refused": [sharing.refused(say, WORKER)],
        "sharing.answered": [
            sharing.answered(say, each.offer, WORKER, case, yes=yes)
            for each in offers
            for yes in (False, True)
            for case in cases
        ],
        "sharing.new_worker": [sharing.new_worker(say, WORKER)],
    }


TAGS = tuple(Tag(id(number), WORST.ljust(40, "W")) for number in range(20))


def _of_ages(say: Language) -> dict[str, Sequence[Message]]:
    old = NOW - timedelta(days=400)
    subjects = [*SUBJECTS, *(replace(each, band_known_at=old) for each in SUBJECTS)]
    subjects += [
        replace(SUBJECTS[0], born=date(2010, 5, 1), band_known_at=NOW),
        replace(SUBJECTS[0], band=AgeBand.ADULT),
        replace(SUBJECTS[0], asked_as_child=True),
    ]
    views = [AgeView(replace(CASE, subjects=(each, SUBJECTS[1])), each, tuple(AgeBand)) for each in subjects]
    here = [each for each in views if each.subject.band is not AgeBand.ADULT]
    return {
        "ages.age": [ages.age(say, each, now=NOW, zone=ZONE) for each in views],
        "ages.another_band": [ages.another_band(say, each, band) for each in views for band in AgeBand],
        "asked_as.other_questions": [
            asked_as.other_questions(say, each, as_child=as_child) for each in views for as_child in (True, False)
        ],
        "ages.year_of_birth": [ages.year_of_birth(say, each, NOW.date()) for each in here],
        "ages.month_of_birth": [ages.month_of_birth(say, each, 2020, NOW.date()) for each in here],
    }


def _of_raters(say: Language) -> dict[str, Sequence[Message]]:
    views = [
        RaterView(PEOPLE_CASE, each, invited, reads, reachable, attached)
        for each in PEOPLE_CASE.raters[:4] + PEOPLE_CASE.raters[-4:]
        for invited, reads, reachable, attached in (
            (INVITED, None, True, None),
            (None, "sv", False, ATTACHMENT),
        )
    ]
    people, until = [each.rater for each in views], NOW.date()
    return {
        "rater.rater": [rater.rater(say, view, ZONE) for view in views],
        "rater.about_whom": [rater.about_whom(say, PEOPLE_CASE, each) for each in people],
        "rater.languages": [rater.languages(say, PEOPLE_CASE, each) for each in people],
        "rater.another_phone": [rater.another_phone(say, PEOPLE_CASE, each) for each in people],
        "rater.also_client": [rater.also_client(say, PEOPLE_CASE, each) for each in people],
        "rater.also_carer": [rater.also_carer(say, PEOPLE_CASE, each) for each in people],
        "rater.guesses": [rater.guesses(say, PEOPLE_CASE, each) for each in people],
        "rater.leaves": [rater.leaves(say, PEOPLE_CASE, each) for each in people],
        "rater.attached": [rater.attached(say, PEOPLE_CASE, each, ATTACHMENT, ZONE) for each in people],
        "rater.somebody_else": [rater.somebody_else(say, PEOPLE_CASE, each, ATTACHMENT.id) for each in people],
        "invitations.invitation": [
            invitations.invitation(say, PEOPLE_CASE, each, SECRETS, "kuulolla_bot", until) for each in people
        ],
        "invitations.over": [invitations.over(say, LONG_ID, LONG_ID, how) for how in Ended],
    }


def _of_meetings(say: Language) -> dict[str, Sequence[Message]]:
    nobody = Attendance(CASE, (), frozenset())
    return {
        "meeting.unmeasured": [meeting.unmeasured(say, CASE, SESSION)],
        "meeting.attendance": [meeting.attendance(say, ATTENDANCE, mask) for mask in (None, 0, 1, 0xFFFF)]
        + [meeting.attendance(say, nobody)],
        "meeting.card": [
            meeting.card(say, card(state), ZONE, found)
            for state in SessionState
            for found in ((), topics_of_a_meeting(), topics_of_a_meeting()[20:])
        ],
        "topics.what_to_ask": [
            topics.what_to_ask(say, CASE, SESSION, topics_of_a_meeting(), page) for page in range(20)
        ]
        + [topics.what_to_ask(say, CASE, SESSION, (), 0)],
        "presence.here": [
            presence.here(say, card(state), now=NOW + timedelta(days=days)) for state in SessionState for days in (0, 2)
        ],
        "meeting.end_unasked": [meeting.end_unasked(say, card(SessionState.OPEN))],
        "reminders.to_answer": [reminders.to_answer(say, Waiting(OWN.id, NOW), ZONE)],
        "reminders.missing": [reminders.missing(say, card(SessionState.ENDED), ZONE)],
        "pictures.shown": [pictures.shown(say, each, ICCE, TODAY) for each in picture_views()],
        "pictures.printed": [pictures.printed(say, each, ICCE, TODAY) for each in picture_views()],
        "own_picture.own_picture": [own_picture.own_picture(say, trend_view(), ZONE)],
    }


def _of_entering(say: Language) -> dict[str, Sequence[Message]]:
    cards = [card(state) for state in SessionState]
    ways = [
        Ways(CASE, SESSION, cards[0].lines[at], waits, begun_own=bool(waits), can_skip=bool(waits))
        for at, waits in enumerate(((), OF_MEETING, (Measure.OUTCOME,)))
    ]
    return {
        "entering.answers": [entering.answers(say, each) for each in cards],
        "entering.ways": [entering.ways(say, each) for each in ways],
        "entering.why_skipped": [entering.why_skipped(say, each) for each in ways],
        "entering.why_all_skipped": [entering.why_all_skipped(say, each) for each in cards],
        **{f"entering.{name}": made for name, made in _entry_screens(say).items()},
    }


def _entry_screens(say: Language) -> dict[str, list[Message]]:
    """Each in the states in which it is shown."""
    made: dict[str, list[Message]] = {}
    for draft, problem in product(_entered(), (None, Reason.OVER_FORTY, Reason.DAY_BEFORE_CASE)):
        session = SESSION if draft.session_id else None
        entry = Entry(draft, CASE, MOTHER, session, "sv", NOW.date(), (NOW - timedelta(days=9)).date())
        for name in ("present", "days", "done", _shown_at(draft)):
            made.setdefault(name, []).append(getattr(EntryScreens(say, entry, problem), name)())
    return made


def _shown_at(draft: Draft) -> str:
    names = {Mode.ALOUD: "aloud", Mode.PAPER: "paper", Mode.TOTAL_ONLY: "total"}
    return "review" if draft.present == REVIEW else names[draft.mode]


def _entered() -> Iterator[Draft]:
    """Said aloud, from a sheet of a meeting or of none, a sum; begun, complete, being corrected, sent."""
    for mode in (Mode.ALOUD, Mode.PAPER, Mode.TOTAL_ONLY):
        draft = replace(ABOUT, mode=mode, rated_on=NOW.date(), only_worker=mode is Mode.PAPER)
        summed = mode is Mode.TOTAL_ONLY
        full = replace(draft, scores=() if summed else FULL, total=284 if summed else None, present=REVIEW)
        yield from (draft, full, replace(full, state=DraftState.CHANGING), replace(full, state=DraftState.SENT))
        yield replace(full, session_id=None)


def _of_given(say: Language) -> dict[str, Sequence[Message]]:
    ratings = tuple(replace(RATING, draft_id=id(n), mode=mode) for n, mode in enumerate([*Mode] * 4))
    summed = replace(RATING, mode=Mode.TOTAL_ONLY, scores=(), whole=284, only_worker=True)
    each = [Given(CASE, MOTHER, one) for one in (*ratings, summed)]
    lists = [AllGiven(CASE, rater, found) for rater in (None, MOTHER) for found in (ratings, ())]
    ended = AllGiven(CASE, replace(MOTHER, ended_at=NOW), ratings)
    return {
        "given.listed": [given.listed(say, one, page, ZONE) for one in (*lists, ended) for page in (0, 1, 9)],
        "given.one": [given.one(say, one, ZONE) for one in each],
        "given.sure": [given.sure(say, one, ZONE) for one in each],
        "given.whose_sheet": [given.whose_sheet(say, CASE)],
        "given.which_sheet": [given.which_sheet(say, CASE, rater) for rater in (MOTHER, CLIENT)],
    }


def _of_plans(say: Language) -> dict[str, Sequence[Message]]:
    """With all who may come; the smallest and the largest number that a button carries."""
    every = tuple(each.id for each in RATERS)
    shown = [Plan(LONG_ID, LONG_ID, WORKER.id, NOW + timedelta(days=3), True, every, state) for state in PlanState]
    views = [PlanView(CASE, replace(each, weekly=weekly)) for each in shown for weekly in (True, False)]
    days = [NOW.date() + timedelta(days=each) for each in (0, 99)]
    on, now = views[2], NOW
    mondays = on.plan.weeks(ZONE, now=now)
    gaps = PlanView(CASE, replace(on.plan, left_out=mondays[1:3]))
    said = [
        LastSaid(each, SUBJECTS[0], 400, NOW, since) for each, since in zip(RATERS, (None, 0, 55, -400), strict=False)
    ]
    near = [
        PlannedCard(CASE, on.plan, said, topics_of_a_meeting(), RATERS, going_on) for going_on in (None, SESSION.id)
    ]
    return {
        "plans.listed": [plans.listed(say, PlansView(CASE, each), 0, ZONE) for each in ((), shown)],
        "plans.which_day": [plans.which_day(say, CASE, page, today=days[0]) for page in (0, 1, 13, 99)],
        "plans.which_time": [plans.which_time(say, on, ZONE, now=now)],
        "plans.plan": [plans.plan(say, each, ZONE, None, now=now) for each in views],
        "plans.which_other_day": [plans.which_other_day(say, each, 1, today=days[0], zone=ZONE) for each in views],
        "plans.which_other_time": [plans.which_other_time(say, on, each, ZONE, now=now) for each in days],
        "weeks.weeks": [weeks.weeks(say, each, ZONE, now=now) for each in (on, gaps)],
        "weeks.week": [weeks.week(say, gaps, each, ZONE) for each in gaps.plan.weeks(ZONE, now=now)],
        "weeks.which_day": [weeks.which_day(say, on, each, today=days[0], zone=ZONE) for each in mondays],
        "weeks.which_time": [weeks.which_time(say, on, mondays[1], days[1], ZONE, now=now)],
        "plans.stop": [plans.stop(say, on, ZONE)],
        "plans.near": [plans.near(say, each, ZONE) for each in (*near, PlannedCard(CASE, on.plan, (), (), ()))],
    }


def _of_groups(say: Language) -> dict[str, Sequence[Message]]:
    """With as many cases as a button has ticks for."""
    many = Choice([replace(CASE, id=id(100 + each)) for each in range(MOST)], "f" * 6)
    lines = [GroupLine(card(state), 3, 12) for state in SessionState for _ in range(5)]
    shown = [GroupCard(LONG_ID, each, (CASE, CASE)) for each in (lines, lines[:1], lines[-1:])]
    return {
        "groups.choose": [
            *(groups.choose(say, many, (1 << MOST) - 1, page) for page in (0, 3, 99)),
            groups.choose(say, Choice([CASE], "f" * 6), 0, 0, changed=True),
        ],
        "groups.card": [groups.card(say, each, page) for each in shown for page in (0, 9)],
        "groups.end_unasked": [groups.end_unasked(say, shown[0])],
    }


def _of_rating(say: Language) -> Mapping[str, Sequence[Message]]:
    more = replace(ABOUT, id=id(15), subject_id=id(5))
    made: dict[str, list[Message]] = {}
    for draft, by in (
        (OWN, CLIENT),
        (ABOUT, MOTHER),
        (AFTER, MOTHER),
        (GUESSED, GUESS),
        (FOR_MOTHER, GUESS_OF_MOTHERS),
    ):
        for name, drafts in _states(draft).items():
            views = [RatingScreens(say, RatingView(each, PEOPLE_CASE, by, more), HELP_LINES) for each in drafts]
            made.setdefault(f"rating.{name}", []).extend(getattr(each, name)() for each in views)
            made.setdefault("rating.present", []).extend(each.present() for each in views)
            gone = [rating_deleted(say, HELP_LINES, each.view) for each in views]
            made.setdefault("rating.deleted", []).extend(gone)
            several = [RatingView(each, CASE, MOTHER) for each in (ABOUT, more)]
            made.setdefault("rating.choice", []).extend(each.choice(several) for each in views)
    return made


def _states(draft: Draft) -> dict[str, Sequence[Draft]]:
    """The states in which each screen of a rating is shown."""
    full = replace(draft, scores=FULL, present=REVIEW)
    changing, sent = replace(full, state=DraftState.CHANGING), replace(full, state=DraftState.SENT)
    skipped = replace(draft, state=DraftState.SKIPPED)
    return {
        "item": [replace(each, present=item) for each in (draft, changing) for item in ITEMS],
        "review": [full, changing, replace(full, only_worker=True)],
        "thanks": [sent, replace(sent, only_worker=True)],
        "given": [sent],
        "sure": [sent],
        "skipped": [replace(skipped, skip_reason=reason) for reason in SkipReason],
        "paused": [draft, full],
        "kept": [sent],
        "expired": [draft, full],
    }
