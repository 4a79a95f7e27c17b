"""Questions where another view helps: people see it differently, it is high from the start, it has risen, it stays up.

What somebody else marked is never said: they may have answered only for the worker.
"""

from bot.domain.rules import Rule
from bot.i18n import later
from bot.messages.questions.answerers import Answerer, Asked
from bot.messages.questions.outcome import IF_YOU_DECIDED, THEIR_WORDS

_OWN_SIDE = later("Everybody sees this from their own side. What does it look like from yours?")
_FROM_THE_OTHERS = later("What would you like to hear from the others?")
_OTHER_VIEW = later("Whose thoughts would it be important to hear, too?")
_TO_GET = later("What would you like to get out of our meetings?")
_WHOSE_IDEA = later("Whose idea was it that we meet, and what do you think of it yourself?")
_HIGHER = later("Your marks are higher than last time. What has been different?")
_OWN_PART = later("What part do you have in it yourself?")
_KEEP = later("What would you like to keep just as it is?")
_HOW_TO_GO_ON = later(
    "The marks have been level for a while. What would suit you: go on like this, meet less often or begin to end?"
)
_TIME_TO_END = later("How would you know that it is time to end?")
_UNFINISHED = later("What is still unfinished, as you see it?")

QUESTIONS: dict[Rule, Asked] = {
    Rule.RATERS_DIFFER: {
        Answerer.CHILD: (
            later("Everybody sees things in their own way. What do you see that others don't?"),
            later("What would you like others to know about your week?"),
        ),
        Answerer.ADOLESCENT: (
            _OWN_SIDE,
            later("What is there in this that others don't see?"),
            later("Would you like to look at this together with the others, or only with me?"),
        ),
        Answerer.CARER: (
            _OWN_SIDE,
            later("In which situations do you see them most?"),
            _FROM_THE_OTHERS,
        ),
        Answerer.ADULT: (
            _OWN_SIDE,
            _FROM_THE_OTHERS,
            later("What do you hope that others understand about this?"),
        ),
    },
    Rule.INTAKE_HIGH: {
        Answerer.CHILD: (
            later("Who thinks that it is important that we meet?"),
            later("If somebody who knows you could pick, what would they pick?"),
            IF_YOU_DECIDED,
        ),
        Answerer.ADOLESCENT: (_WHOSE_IDEA, _OTHER_VIEW, _TO_GET),
        Answerer.CARER: (later("What made you come along just now?"), _OTHER_VIEW, _TO_GET),
        Answerer.ADULT: (_WHOSE_IDEA, _OTHER_VIEW, _TO_GET),
    },
    Rule.CROSSED_UP: {
        Answerer.CHILD: (
            later("Now you picked closer to the happy face. What has been different?"),
            later("Who else has noticed it?"),
        ),
        Answerer.ADOLESCENT: (_HIGHER, _OWN_PART, _KEEP),
        Answerer.CARER: (_HIGHER, THEIR_WORDS, _KEEP),
        Answerer.ADULT: (_HIGHER, _OWN_PART, _KEEP),
    },
    Rule.PLATEAU_ABOVE: {
        Answerer.CHILD: (
            later("The line has stayed up here. What would you still like us to do together?"),
            later("How would you notice that we needn't meet like this any more?"),
        ),
        Answerer.ADOLESCENT: (
            _HOW_TO_GO_ON,
            _TIME_TO_END,
            later("If you would like to talk again later on, whom would you write to?"),
        ),
        Answerer.CARER: (_HOW_TO_GO_ON, _TIME_TO_END, _UNFINISHED),
        Answerer.ADULT: (_HOW_TO_GO_ON, _TIME_TO_END, _UNFINISHED),
    },
}
