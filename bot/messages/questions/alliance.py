"""Questions about the meeting: to the rater about their own experience. They make it easy to say what didn't work."""

from bot.domain.rules import Rule
from bot.i18n import later
from bot.messages.questions.answerers import Answerer, Asked

_LOWER = later("Your marks for the meeting are lower than last time. What was different this time?")
_STRAIGHT = later("You can say it straight out. What would you like me to do differently next time?")
_CHANGE_MOST = later("Which of these would you most like to change, and what could I do?")
_TOO_MUCH = later("Is there something that I do too much or too little?")
_MORE_TIME = later("What would you like us to use more time for?")
_NEXT_TIME = later("What would make the next time a bit better for you?")
_SAY_MORE = later("Which of these marks would you like to say more about?")
_UNSAID = later("Was something that matters to you left unsaid?")
_NOT_WORKING = later("You may also tell me what doesn't work. What could I do a little differently?")
_SMALLEST = later("What is the smallest thing you would change in our meetings?")
_IF_IT_DID_NOT_SUIT = later("How would you tell me if something didn't suit you?")

QUESTIONS: dict[Rule, Asked] = {
    Rule.ALLIANCE_DROP: {
        Answerer.CHILD: (
            later("What was different today from last time?"),
            later("What could I do in another way next time?"),
            later("Was some bit of it boring or silly?"),
        ),
        Answerer.ADOLESCENT: (
            _LOWER,
            _STRAIGHT,
            later("Did we talk about something that you would rather not have talked about?"),
        ),
        Answerer.CARER: (_LOWER, later("What was it like for you to be there today?"), _STRAIGHT),
        Answerer.ADULT: (_LOWER, _STRAIGHT, _UNSAID),
    },
    Rule.ALLIANCE_LOW: {
        Answerer.CHILD: (
            later("What would be nice to do when we meet?"),
            later("Do I ask too much, too little or just enough?"),
            later("Is there something I could listen to more closely?"),
        ),
        Answerer.ADOLESCENT: (
            _CHANGE_MOST,
            later("When we meet, would you rather talk, walk or do something?"),
            _TOO_MUCH,
        ),
        Answerer.CARER: (_CHANGE_MOST, _TOO_MUCH, _MORE_TIME),
        Answerer.ADULT: (_CHANGE_MOST, _TOO_MUCH, _MORE_TIME),
    },
    Rule.ALLIANCE_FIRST: {
        Answerer.CHILD: (
            later("What was the most fun today, and what was the most boring?"),
            later("What would you like to do next time?"),
        ),
        Answerer.ADOLESCENT: (
            _NEXT_TIME,
            _SAY_MORE,
            later("What makes it easier for you to talk?"),
        ),
        Answerer.CARER: (_NEXT_TIME, _SAY_MORE, _UNSAID),
        Answerer.ADULT: (_NEXT_TIME, _SAY_MORE, _UNSAID),
    },
    Rule.ALLIANCE_CEILING: {
        Answerer.CHILD: (
            later("If you could change one thing when we meet, what would it be?"),
            later("I ask everybody this: what was the most boring bit today?"),
        ),
        Answerer.ADOLESCENT: (
            _NOT_WORKING,
            _SMALLEST,
            later("If a friend of yours came to meet me, what would you tell them beforehand?"),
        ),
        Answerer.CARER: (_NOT_WORKING, _SMALLEST, _IF_IT_DID_NOT_SUIT),
        Answerer.ADULT: (_NOT_WORKING, _SMALLEST, _IF_IT_DID_NOT_SUIT),
    },
}
