"""The pictures of a case.

Nora taps  📈 Pictures          a button for each rater and whom they rate
Nora taps  📈 Young person      the trend picture, below
"""

from bot.actions import cases, pictures
from bot.chat.turns import Press, Reply, Turn, shows
from bot.messages import pictures as words


@shows("pictures")
async def show_pictures(turn: Turn, case: str) -> Reply:
    view = await cases.view(turn.db, turn.person, case)
    return Reply(words.pictures(turn.say, view.case, view.rated))


@shows("picture")
async def picture(turn: Turn, rater: str, about: str = "", subject: str = "") -> Reply:
    """The trend of a rater: from the case a new message below it; from a picture (`about`), in its place."""
    view = await pictures.trend(turn.db, turn.person, rater, session_id=about or None, subject_id=subject or None)
    shown = words.trend(turn.say, view, turn.house.profile, turn.house.zone)
    return Reply(shown, below=not about)


HANDLERS: list[Press] = [show_pictures, picture]
