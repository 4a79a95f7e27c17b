"""Questions where another view helps: people see it differently, it is high from the start, it has risen, it stays up.

What somebody else marked is never said: they may have answered only for the worker.
"""

from bot.domain.rules import Rule
from bot.i18n import later
from bot.messages.questions.answerers import Answerer, Asked
from bot.messages.questions.outcome import IF_YOU_DECIDED, THEIR_WORDS

_OWN_SIDE = later("Everybody sees this from their own side. What does it look like from yours?")
_FROM_THE_OTHERS = later("What would you like to hear from the others?")
_OTHER_VIEW = later("Whom else would it be important to hear?")
_WHOSE_IDEA = later("Whose idea was it that we meet, and what do you think of it yourself?")
_HIGHER = later("Your marks are higher than last time. What has been different?")
_DONE_DIFFERENTLY = later("What have you done differently yourself?")
_KEEP = later("What would you like to keep just as it is?")
_HOW_TO_GO_ON = later(
    "The marks have been level for a while. Shall we go on like this, meet less often or begin to end?"
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
            later("Is there something in this that others don't see?"),
            later("Would you like to look at this together with the others, or only with me?"),
        ),
        Answerer.CARER: (
            _OWN_SIDE,
            later("In which situations are you with them most?"),
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
            later("What would somebody who knows you pick here?"),
            IF_YOU_DECIDED,
        ),
        Answerer.ADOLESCENT: (_WHOSE_IDEA, _OTHER_VIEW, later("What would you like to get out of our meetings?")),
        Answerer.CARER: (_WHOSE_IDEA, THEIR_WORDS, _OTHER_VIEW),
        Answerer.ADULT: (
            later("Who was the first to think that help was needed?"),
            _OTHER_VIEW,
            later("What would you wish to be different?"),
        ),
    },
    Rule.CROSSED_UP: {
        Answerer.CHILD: (
            later("Now you picked closer to the happy face. What has been different?"),
            later("Who else has noticed it?"),
        ),
        Answerer.ADOLESCENT: (_HIGHER, _DONE_DIFFERENTLY, _KEEP),
        Answerer.CARER: (_HIGHER, THEIR_WORDS, _KEEP),
        Answerer.ADULT: (_HIGHER, _DONE_DIFFERENTLY, _KEEP),
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
