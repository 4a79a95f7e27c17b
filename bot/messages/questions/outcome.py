"""Questions about wellbeing that stays low, falls or swings."""

from bot.domain.rules import Rule
from bot.i18n import later
from bot.messages.questions.answerers import Answerer, Asked

THEIR_WORDS = later("What do you think they would say about this themselves?")
IF_YOU_DECIDED = later("If you could decide, what would we do when we meet?")

_TO_KNOW = later("What would you like me to know about this mark?")
_IN_MIND = later("What was on your mind when you marked this?")
_GROWN_UPS = later("Is there something you would like a grown-up to do?")
_WHO_KNOWS = later("Who else knows about this?")
_LOWER = later("Your marks are lower than before. What do you make of that yourself?")
_DIFFERENTLY = later("Shall we do something differently, or go on like this?")
_GOES_DOWN = later("The line has gone down for some time. What do you think when you see it?")
_WHERE_ON_THE_LINE = later("Where on the line did something important happen?")
_HELPED = later("What has helped, even a little?")
_WHERE_IT_BEGAN = later("The line is about where it began. What do you make of that yourself?")
_OF_USE = later("What kind of meetings would be of most use to you?")
_SMALL_SIGN = later("From what small thing would you notice that something has changed?")
_UP_AND_DOWN = later("The line goes up and down by turns. What does that go with, do you think?")
_WHEN_HIGHER = later("What was going on when the line was higher?")
_LOWER_NOW = later("Your marks are lower than last time. What has this week been like?")
_SAYS_MOST = later("Which of the marks says most about this week?")
_START_WITH = later("Which mark would you like to start with?")

QUESTIONS: dict[Rule, Asked] = {
    Rule.VERY_LOW: {
        Answerer.CHILD: (
            later("You picked this one. What would you like me to know about it?"),
            later("Would you like to tell me about it or draw it?"),
            _WHO_KNOWS,
        ),
        Answerer.ADOLESCENT: (
            _TO_KNOW,
            later("You decide how much you tell. Where would you like to start?"),
            later("Is there somebody else who knows how things have been for you?"),
        ),
        Answerer.CARER: (
            _TO_KNOW,
            _IN_MIND,
            later("And you: what has this time been like for you?"),
        ),
        Answerer.ADULT: (_TO_KNOW, _IN_MIND, _WHO_KNOWS),
    },
    Rule.OUTCOME_DROP: {
        Answerer.CHILD: (
            later("Before, you picked this one, and now this one. What has been different?"),
            later("On which day did it feel most like this?"),
            _GROWN_UPS,
        ),
        Answerer.ADOLESCENT: (
            _LOWER,
            later("Tell as much as you like. What has been going on lately?"),
            _DIFFERENTLY,
        ),
        Answerer.CARER: (
            later("Your marks are lower than before. What have you seen or noticed?"),
            THEIR_WORDS,
            later("What would you wish from us right now?"),
        ),
        Answerer.ADULT: (_LOWER, later("What has been different lately?"), _DIFFERENTLY),
    },
    Rule.SLIDING: {
        Answerer.CHILD: (
            later("Look at this line: it goes down. What comes to your mind?"),
            later("How long has it felt like this?"),
            _GROWN_UPS,
        ),
        Answerer.ADOLESCENT: (
            _GOES_DOWN,
            _WHERE_ON_THE_LINE,
            later("Who is it easiest for you to talk with about this?"),
        ),
        Answerer.CARER: (
            later("The line has gone down for some time. What has happened along the way?"),
            THEIR_WORDS,
            _HELPED,
        ),
        Answerer.ADULT: (_GOES_DOWN, _WHERE_ON_THE_LINE, _HELPED),
    },
    Rule.NO_CHANGE: {
        Answerer.CHILD: (
            later("The line has stayed in the same place. What do you think about that?"),
            later("On what kind of day would you pick a bit closer to the happy face?"),
            IF_YOU_DECIDED,
        ),
        Answerer.ADOLESCENT: (
            _WHERE_IT_BEGAN,
            _OF_USE,
            later("Do we talk about what matters to you, or would you rather talk about something else?"),
        ),
        Answerer.CARER: (
            _WHERE_IT_BEGAN,
            _SMALL_SIGN,
            later("Who else would you like to have with us?"),
        ),
        Answerer.ADULT: (_WHERE_IT_BEGAN, _OF_USE, _SMALL_SIGN),
    },
    Rule.CROSSED_DOWN: {
        Answerer.CHILD: (
            later("You picked a different place this time. What has your week been like?"),
            later("What was the worst bit of the week, and what was the nicest?"),
        ),
        Answerer.ADOLESCENT: (
            _LOWER_NOW,
            _SAYS_MOST,
            later("Would you like to talk about this today, or rather about something else?"),
        ),
        Answerer.CARER: (
            later("Your marks are lower than last time. What has this week been like for all of you?"),
            _START_WITH,
            THEIR_WORDS,
        ),
        Answerer.ADULT: (_LOWER_NOW, _SAYS_MOST, _START_WITH),
    },
    Rule.SEESAW: {
        Answerer.CHILD: (
            later("This goes up and down like a swing. What makes it swing?"),
            later("What happens when the swing is up? And when it is down?"),
        ),
        Answerer.ADOLESCENT: (
            _UP_AND_DOWN,
            _WHEN_HIGHER,
            later("What is the first thing you notice when it turns?"),
        ),
        Answerer.CARER: (
            _UP_AND_DOWN,
            _WHEN_HIGHER,
            later("Who among you is the first to notice when it turns?"),
        ),
        Answerer.ADULT: (
            _UP_AND_DOWN,
            _WHEN_HIGHER,
            later("Is it familiar or new that it goes up and down like this?"),
        ),
    },
}
