"""Says what pictures show, as data that is already worded: every kind is a frozen dataclass. Draws nothing.

The same data gives the picture (`draw.png`), the words below it (`caption`) and the numbers as text
(`table`), so that the three never say different things.
"""

from bot.charts.series import areas as _areas
from bot.charts.series import family as _family
from bot.charts.series import own as _own
from bot.charts.series import side_by_side as _side_by_side
from bot.charts.series import summary as _summary
from bot.charts.series import team as _team
from bot.charts.series import trend as _trend
from bot.charts.series.areas import CURVES, Areas, Measured, Scored, areas, measures
from bot.charts.series.curves import (
    FULL,
    Cutoff,
    Edge,
    Gap,
    Ground,
    How,
    Key,
    Look,
    Mark,
    Meeting,
    Missing,
    Panel,
    Ribbon,
    Spot,
    Why,
)
from bot.charts.series.family import VOICES, Chorus, Family, Ratings, Voice, family
from bot.charts.series.family import note as left_out
from bot.charts.series.own import Ends, Own, OwnCurve, own
from bot.charts.series.side_by_side import Area, Newest, SideBySide, View, side_by_side
from bot.charts.series.summary import Strand, Summary, Told, summary
from bot.charts.series.team import Bar, Course, Month, Team, Titles, team
from bot.charts.series.told import CAPTION_HEADING, TABLE_ROWS
from bot.charts.series.trend import Besides, Event, Sign, Trend, trend
from bot.domain.events import Turn
from bot.i18n import Language

__all__ = [
    "CAPTION_HEADING",
    "CURVES",
    "FULL",
    "TABLE_ROWS",
    "VOICES",
    "Area",
    "Areas",
    "Bar",
    "Besides",
    "Chorus",
    "Course",
    "Cutoff",
    "Edge",
    "Ends",
    "Event",
    "Family",
    "Gap",
    "Ground",
    "How",
    "Key",
    "Look",
    "Mark",
    "Measured",
    "Meeting",
    "Missing",
    "Month",
    "Newest",
    "Own",
    "OwnCurve",
    "Panel",
    "Picture",
    "Ratings",
    "Ribbon",
    "Scored",
    "SideBySide",
    "Sign",
    "Spot",
    "Strand",
    "Summary",
    "Team",
    "Titles",
    "Told",
    "Trend",
    "Turn",
    "View",
    "Voice",
    "Why",
    "areas",
    "caption",
    "family",
    "left_out",
    "measures",
    "own",
    "side_by_side",
    "summary",
    "table",
    "team",
    "trend",
]

Picture = Trend | Family | SideBySide | Areas | Own | Summary | Team


def caption(picture: Picture, say: Language) -> str:
    """Say in words what the picture shows: plain text of several lines, under Telegram's 1024 characters."""
    match picture:
        case Trend():
            return _trend.caption(picture, say)
        case Family():
            return _family.caption(picture, say)
        case SideBySide():
            return _side_by_side.caption(picture)
        case Areas():
            return _areas.caption(picture, say)
        case Own():
            return _own.caption(picture, say)
        case Summary():
            return _summary.caption(picture)
        case Team():
            return _team.caption(picture)


def table(picture: Picture, say: Language) -> str:
    """The numbers of the picture as plain text; what is sent when it can't be drawn."""
    match picture:
        case Trend():
            return _trend.table(picture, say)
        case Family():
            return _family.table(picture, say)
        case SideBySide():
            return _side_by_side.table(picture)
        case Areas():
            return _areas.table(picture, say)
        case Own():
            return _own.table(picture, say)
        case Summary():
            return _summary.table(picture)
        case Team():
            return _team.table(picture)
