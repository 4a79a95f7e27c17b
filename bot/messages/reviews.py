"""Looking back together, on one card: how it has gone, what has happened, what would tell that it is time to end."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.reviews import ReviewView, Way
from bot.domain.reviews import Decided
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.events import event_line
from bot.messages.message import Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import rater_line, subject_about

EVENTS, WAYS = 6, 10


def card(say: Language, view: ReviewView, zone: tzinfo) -> Message:
    """What there is to look at, questions to talk about, and what was decided."""
    since = say.full_date(view.since.astimezone(zone).date())
    meetings = say.plural("Since {day}: {n} meeting", "Since {day}: {n} meetings", view.meetings, day=since)
    title = plain(say("Looking back together"))
    text = paragraphs(
        f"{bold(view.case.label)} · {title}",
        plain(meetings),
        _ways(say, view),
        _events(say, view),
        _questions(say),
        _decided(say, view),
    )
    return Message(text, (*_decisions(say, view), *_ways_on(say, view)))


def _ways(say: Language, view: ReviewView) -> str:
    """First and newest of each, covered: who looks at the phone from aside sees no numbers."""
    lines = [_way(say, view, each) for each in view.ways[:WAYS]]
    shown = "\n".join(lines)
    return f"<tg-spoiler>{shown}</tg-spoiler>" if lines else ""


def _way(say: Language, view: ReviewView, way: Way) -> str:
    who = rater_line(say, view.case, way.rater)
    if len(way.rater.subject_ids) > 1:
        who = f"{who}, {subject_about(say, view.case, way.subject)}"
    ends = way.series.totals[:1] + way.series.totals[1:][-1:]
    return plain(f"{who}: {' → '.join(say.score(each) for each in ends)}")


def _events(say: Language, view: ReviewView) -> str:
    lines = [event_line(say, each) for each in view.events[-EVENTS:]]
    return "\n".join([bold(say("What has happened")), *(plain(each) for each in lines)]) if lines else ""


def _questions(say: Language) -> str:
    asked = (
        say("What has helped so far, and what hasn't?"),
        say("What is different now from when we began?"),
        say("What would tell us that it is time to end?"),
    )
    return "\n".join([bold(say("To talk about together")), *(plain(f"· {each}") for each in asked)])


def _decided(say: Language, view: ReviewView) -> str:
    words = {
        Decided.GO_ON: say("✓ Noted today: we go on like this."),
        Decided.CHANGE: say("✓ Noted today: we do something differently."),
        Decided.TOWARDS_END: say("✓ Noted today: we work towards the end."),
    }
    return words[view.decided.decided] if view.decided else ""


def _decisions(say: Language, view: ReviewView) -> tuple[Row, ...]:
    words = {
        Decided.GO_ON: say("We go on like this"),
        Decided.CHANGE: say("We do something differently"),
        Decided.TOWARDS_END: say("We work towards the end"),
    }
    others: Sequence[Decided] = [each for each in Decided if view.decided is None or each is not view.decided.decided]
    return tuple((ask(words[each], "decide", view.case.id, each.value),) for each in others)


def _ways_on(say: Language, view: ReviewView) -> tuple[Row, ...]:
    pictures, notes = ask(say("📈 Pictures"), "pictures", view.case.id), ask(say("🗒 Notes"), "notes", view.case.id)
    back = ask(say("← The meeting"), "meeting", view.meeting.id) if view.meeting else to_case(say, view.case)
    return ((pictures, notes), (back,))
