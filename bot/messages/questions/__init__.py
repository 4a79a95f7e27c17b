"""Questions with which a worker can start a talk, worded for who answered, and what they start from in a short line.

They begin with what somebody marked, and ask what it means to them. None concludes: no diagnosis, grade, praise, advice
or word of risk, no number, and no hint that a mark was wrong. Plain text, without HTML.
"""

from bot.domain.rules import Rule
from bot.i18n import Language
from bot.messages.questions import alliance, outcome, views
from bot.messages.questions.answerers import Answerer, answerer
from bot.messages.questions.gists import gist

__all__ = ["Answerer", "answerer", "gist", "questions"]

_QUESTIONS = {**outcome.QUESTIONS, **alliance.QUESTIONS, **views.QUESTIONS}


def questions(say: Language, rule: Rule, answerer: Answerer) -> tuple[str, ...]:
    """Two or three, the best first; none for RATING_MISSING, where nobody has answered."""
    if rule is Rule.RATING_MISSING:
        return ()
    return tuple(say(each) for each in _QUESTIONS[rule][answerer])
