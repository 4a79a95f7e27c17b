"""A person's settings: the language; for workers their quiet hours, their deputy and their leave."""

from collections.abc import Sequence
from datetime import date, time, tzinfo

from bot.actions.preferences import Desk, Leave
from bot.domain.people import Worker
from bot.domain.times import QuietHours
from bot.i18n import Language
from bot.messages.home import away, to_come_back, to_languages, who
from bot.messages.leave import alone, days_after
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs
from bot.messages.paging import page_of

BEGINS = (16, 17, 18, 20, 21, 22)
ENDS = (6, 7, 8, 9, 10)
IN_A_ROW = 3


def settings(say: Language, desk: Desk, everybodys: QuietHours | None, zone: tzinfo, *, dark: bool = False) -> Message:
    """A worker's. `dark`: on which ground they look at pictures."""
    lines = [f"🌗 {_ground_line(say, dark=dark)}", *_set(say, desk, everybodys, zone)]
    text = paragraphs(bold(say("Settings")), who(say, desk.worker), "\n".join(lines))
    rows = (
        (ask(say("🌙 Quiet hours"), "quiet"),),
        (ask(say("🤝 Deputy"), "deputies"), _leave_button(say, desk)),
        *_no_leave(say, desk, zone),
        (ask(say("🔢 PIN for handing over"), "pin"),),
        (_to_other_ground(say, dark=dark),),
        (to_languages(say),),
        (ask(say("← Menu"), "home"),),
    )
    return Message(text, rows)


def _set(say: Language, desk: Desk, everybodys: QuietHours | None, zone: tzinfo) -> Sequence[str]:
    nobody = say("nobody yet")
    deputy = say("Stands in for you: {who}", who=bold(desk.deputy.code if desk.deputy else nobody))
    return [
        f"🌙 {_quiet_line(say, desk, everybodys)}",
        f"🤝 {deputy}",
        f"🌴 {_away_line(say, desk, zone)}",
    ]


def _quiet_line(say: Language, desk: Desk, everybodys: QuietHours | None) -> str:
    own = desk.preferences.quiet
    if own is None:
        return say("Quiet hours as for everybody: {hours}", hours=_hours(say, everybodys))
    return say("Your own quiet hours: {hours}", hours=_hours(say, own))


def _hours(say: Language, quiet: QuietHours | None) -> str:
    """20–8; in half hours 20:30–8."""
    if quiet is None or quiet.begins == quiet.ends:
        return say("none")
    return f"{_clock(quiet.begins)}–{_clock(quiet.ends)}"


def _clock(wall: time) -> str:
    return f"{wall.hour}:{wall.minute:02}" if wall.minute else str(wall.hour)


def _away_line(say: Language, desk: Desk, zone: tzinfo) -> str:
    until = desk.preferences.away_until
    if desk.worker.away_since is not None:
        return away(say, until, zone)
    begins = desk.preferences.leaves_at
    if begins is None or until is None:
        return say("You are at work.")
    first, back = (say.full_date(each.astimezone(zone).date()) for each in (begins, until))
    return say("You are away from {first}, back on {back}.", first=first, back=back)


def _leave_button(say: Language, desk: Desk) -> Button:
    return to_come_back(say, desk.worker) if desk.worker.away_since is not None else ask(say("🌴 I'm away"), "onleave")


def _ground_line(say: Language, *, dark: bool) -> str:
    return say("Pictures are on dark ground.") if dark else say("Pictures are on light ground.")


def _to_other_ground(say: Language, *, dark: bool) -> Button:
    """Names what the tap makes of it, so that a second one changes nothing."""
    return ask(say("🌗 Light pictures"), "ground", 0) if dark else ask(say("🌗 Dark pictures"), "ground", 1)


def _no_leave(say: Language, desk: Desk, zone: tzinfo) -> tuple[Row, ...]:
    """The leave that is to come, to be taken back; the day in it is of that leave and no other."""
    begins = desk.preferences.leaves_at
    if begins is None or desk.worker.away_since is not None:
        return ()
    return ((ask(say("✖️ No leave after all"), "noleave", begins.astimezone(zone).date().isoformat()),),)


def settings_of_client(say: Language, *, dark: bool = False) -> Message:
    """Of whoever isn't a worker."""
    text = paragraphs(
        bold(say("Settings")),
        say("Which language you read here, what is kept of you, and deleting it."),
        f"🌗 {_ground_line(say, dark=dark)}",
    )
    rows = (
        (to_languages(say),),
        (_to_other_ground(say, dark=dark),),
        (ask(say("🔒 What is kept"), "privacy"), ask(say("🗂 My data"), "mydata")),
        (ask(say("🗑 Delete all my answers"), "forget"),),
        (ask(say("← Menu"), "home"),),
    )
    return Message(text, rows)


# Quiet hours


def quiet_hours(say: Language, desk: Desk, everybodys: QuietHours | None) -> Message:
    """From when until when; each tap sets one of the two."""
    shown = desk.preferences.quiet or everybodys or QuietHours(time(20), time(8))
    begins, ends = shown.begins.hour, shown.ends.hour
    text = paragraphs(
        bold(say("Quiet hours")),
        say("What isn't urgent waits until they are over: reminders, who has joined, what a colleague asks."),
        say("Alerts come at any hour, and so does all that belongs to a meeting that goes on."),
        _quiet_line(say, desk, everybodys),
    )
    none = ask(say("No quiet hours"), "setquiet", 0, 0)
    rows = (
        *_choice([(f"🌙 {each}", (each, ends)) for each in BEGINS]),
        *_choice([(f"☀️ {each}", (begins, each)) for each in ENDS]),
        (ask(say("As for everybody"), "quietasall"), none),
        (ask(say("← Settings"), "settings"),),
    )
    return Message(text, rows)


def _choice(hours: Sequence[tuple[str, tuple[int, int]]]) -> tuple[Row, ...]:
    return (tuple(ask(text, "setquiet", *both) for text, both in hours),)


# Deputy and leave


def deputies(say: Language, desk: Desk, colleagues: Sequence[Worker], number: int) -> Message:
    """The colleagues who could stand in."""
    page = page_of(colleagues, number)
    chosen = desk.deputy.id if desk.deputy else None
    rows = [ask(f"{'✅ ' if each.id == chosen else ''}{each.code}", "standin", each.id) for each in page.items]
    nobody = ((ask(say("Nobody"), "nostandin"),),) if desk.worker.deputy_id else ()
    text = paragraphs(
        bold(say("Deputy")) + page.place,
        say("They hear of an alert that you haven't opened. While you are away, your cases are on their list too."),
        "" if colleagues else say("Nobody in your team can stand in now."),
    )
    return Message(text, (*column(rows), *page.turning("deputies"), *nobody, (ask(say("← Settings"), "settings"),)))


def leave(say: Language, desk: Desk, today: date) -> Message:
    """Until when: a working day of this week or the next, or a Monday further away."""
    buttons = [ask(say.date(each), "goaway", each.isoformat(), today.isoformat()) for each in days_after(today)]
    rows = tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))
    stands_in = say("Stands in for you: {who}", who=bold(desk.deputy.code)) if desk.deputy else alone(say)
    text = paragraphs(
        bold(say("I'm away")),
        say("From now on. On which day are you back? That morning you are asked whether you are."),
        f"🤝 {stands_in}",
    )
    later = () if desk.worker.away_since is not None else ((ask(say("🗓 From a later day"), "awayfrom"),),)
    return Message(text, (*rows, *later, (ask(say("🤝 Deputy"), "deputies"), ask(say("← Settings"), "settings"))))


def are_you_back(say: Language, desk: Desk) -> Message:
    """On the morning of the day that was planned."""
    text = paragraphs(say("🌿 Good morning. Are you back?"), say("You are on leave until you say that you are back."))
    return Message(text, ((to_come_back(say, desk.worker),), (ask(say("Not yet: another day"), "onleave"),)))


def of_colleague(say: Language, leave: Leave, zone: tzinfo) -> Message:
    """To who stands in, or does no longer."""
    code = bold(leave.worker.code)
    if not leave.stands_in and leave.begins is not None:
        return _will_stand_in(say, leave, zone)
    if not leave.stands_in:
        text = paragraphs(say("🤝 About standing in"), say("You don't stand in for {code} any more.", code=code))
        return Message(text, ((ask(say("← Menu"), "home"),),))
    until = say("Back on {day}.", day=say.full_date(leave.until.astimezone(zone).date())) if leave.until else ""
    text = paragraphs(
        say("🤝 About standing in"),
        say("{code} is away, and you stand in. Their cases are among yours now, marked with ↪.", code=code),
        until,
    )
    return Message(text, ((ask(say("Cases"), "cases"),), (ask(say("← Menu"), "home"),)))


def _will_stand_in(say: Language, leave: Leave, zone: tzinfo) -> Message:
    """Of a leave that is to come."""
    first, back = (say.full_date(each.astimezone(zone).date()) if each else "" for each in (leave.begins, leave.until))
    code = bold(leave.worker.code)
    told = say("{code} is away from {first}, back on {back}. You stand in then.", code=code, first=first, back=back)
    return Message(paragraphs(say("🤝 About standing in"), told), ((ask(say("← Menu"), "home"),),))
