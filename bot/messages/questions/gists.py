"""What a rule starts from, in a short line: a row of the card, or one more line in a letter.

Neither a score nor who; a rule about the meeting says so, the others are about wellbeing.
"""

from bot.domain.rules import Rule
from bot.i18n import Language, later

_GISTS = {
    Rule.VERY_LOW: later("A mark at the low end"),
    Rule.OUTCOME_DROP: later("Lower marks than before"),
    Rule.SLIDING: later("Lower marks time after time"),
    Rule.ALLIANCE_DROP: later("The meeting: lower marks than last time"),
    Rule.NO_CHANGE: later("Marks about where they began"),
    Rule.CROSSED_DOWN: later("Marks moved below the cutoff"),
    Rule.ALLIANCE_LOW: later("The meeting: marks haven't risen"),
    Rule.SEESAW: later("Marks up and down by turns"),
    Rule.RATERS_DIFFER: later("The same week, different marks"),
    Rule.ALLIANCE_CEILING: later("The meeting: everything at the top time after time"),
    Rule.ALLIANCE_FIRST: later("The meeting: the first marks"),
    Rule.CROSSED_UP: later("Marks moved above the cutoff"),
    Rule.PLATEAU_ABOVE: later("Marks level above the cutoff"),
    Rule.INTAKE_HIGH: later("High marks right from the first time"),
    Rule.RATING_MISSING: later("Answers still missing"),
}


def gist(say: Language, rule: Rule) -> str:
    return say(_GISTS[rule])
