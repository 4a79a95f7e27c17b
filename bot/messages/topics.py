"""What there is to talk about together in a meeting: lines on its card, and a page with all the questions. No score."""

from collections.abc import Iterator, Sequence

from bot.actions.topics import Topic, Voice
from bot.domain.alerts import Level
from bot.domain.cases import Case, Session
from bot.i18n import Language
from bot.messages.alerts import could_ask, quoted
from bot.messages.message import Message, Row, ask, bold, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import rater_name, subject_about
from bot.messages.questions import Answerer, answerer, gist, questions

LINES, LINES_OF_INFO = 6, 3
NAMES = 3
QUESTIONS_OF_A_LINE = 2
TOPICS_ON_A_PAGE = 3
_MARKS = {Level.ALERT: "🔔", Level.NOTICE: "💬", Level.INFO: "·"}


def on_card(say: Language, case: Case, topics: Sequence[Topic]) -> str:
    """The gravest first, as many as the card can bear; a notice with a question to each kind of rater."""
    shown = _shown(topics)
    if not topics:
        return ""
    lines = [line for each in shown for line in _lines(say, case, each)]
    left = len(topics) - len(shown)
    more = [say.plural("… and {n} more", "… and {n} more", left)] if left else []
    return "\n".join([bold(say("To talk about together")), *lines, *more])


def _shown(topics: Sequence[Topic]) -> Sequence[Topic]:
    info = [each for each in topics if each.level is Level.INFO][:LINES_OF_INFO]
    return [*(each for each in topics if each.level is not Level.INFO), *info][:LINES]


def _lines(say: Language, case: Case, topic: Topic) -> Iterator[str]:
    yield f"{_MARKS[topic.level]} {_line(say, case, topic)}"
    if topic.level is Level.NOTICE:
        for each in _answerers(topic)[:QUESTIONS_OF_A_LINE]:
            yield from (could_ask(say, one) for one in questions(say, topic.rule, each)[:1])


def _line(say: Language, case: Case, topic: Topic) -> str:
    names = [_name(say, case, each) for each in topic.voices]
    more = [say.plural("{n} more", "{n} more", len(names) - NAMES)] if len(names) > NAMES else []
    line = f"{plain(gist(say, topic.rule))} – {plain(', '.join([*names[:NAMES], *more]))}"
    numbers = ", ".join(str(each) for each in topic.alerts[:NAMES])
    alerts = [say.plural("alert {numbers}", "alerts {numbers}", len(topic.alerts), numbers=numbers)] if numbers else []
    return " · ".join([line, *alerts])


def _name(say: Language, case: Case, voice: Voice) -> str:
    who = rater_name(say, case, voice.rater)
    return f"{who} ({subject_about(say, case, voice.subject)})" if voice.subject else who


def _answerers(topic: Topic) -> Sequence[Answerer]:
    return list(dict.fromkeys(answerer(each.rater, each.subject.id if each.subject else None) for each in topic.voices))


def to_questions(say: Language, session: Session, topics: Sequence[Topic]) -> tuple[Row, ...]:
    return ((ask(say("💬 What to ask"), "topics", session.id),),) if topics else ()


def what_to_ask(say: Language, case: Case, session: Session, topics: Sequence[Topic], number: int) -> Message:
    """In the place of the card: all there is, with all questions to each kind of rater, a page at a time."""
    page = page_of(topics, number, TOPICS_ON_A_PAGE)
    parts = [_asked(say, case, each) for each in page.items]
    nothing = "" if parts else say("There is nothing here now.")
    text = paragraphs(bold(say("What to ask")) + page.place, nothing, *parts)
    back = ask(say("← The meeting"), "meeting", session.id)
    return Message(text, (*page.turning("topics", session.id), (back,)))


def _asked(say: Language, case: Case, topic: Topic) -> str:
    lines = [f"{_MARKS[topic.level]} {_line(say, case, topic)}"]
    for each in _answerers(topic):
        lines += [quoted(say, one) for one in questions(say, topic.rule, each)]
    return "\n".join(dict.fromkeys(lines))
