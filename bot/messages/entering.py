"""A worker writes down somebody's answers: who of the meeting, in which way, and the items as they are said or read."""

from dataclasses import dataclass

from bot.actions.entering import Entry, Ways
from bot.actions.meetings import Card, CardLine, Progress
from bot.actions.ratings import RatingView
from bot.domain.errors import Reason
from bot.domain.instruments import Measure
from bot.domain.letters import Place, PlaceKind
from bot.domain.ratings import Draft, DraftState, Mode, SkipReason
from bot.i18n import Language, language
from bot.messages import refusals
from bot.messages.message import ROW_BUTTONS, Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_line, rater_name, subject_about
from bot.messages.rating import RatingScreens
from bot.messages.wording import worded

_DONE = frozenset({Progress.ANSWERED, Progress.SKIPPED, Progress.NOT_ASKED})


def answers(say: Language, card: Card) -> Message:
    """For whom: each of the meeting with how far they are."""
    rows = [
        ask(f"{_sign(each)} {rater_name(say, card.case, each.rater)}", "ways", card.session.id, each.rater.id)
        for each in card.lines
    ]
    text = paragraphs(
        bold(card.case.label),
        say("Who answers through you? You write down what they say or have written; the answers stay theirs."),
    )
    all_of = [ask(say("➖ Skip all"), "skipall", card.session.id)] if card.missing else []
    back: Row = (ask(say("← The meeting"), "meeting", card.session.id),)
    return Message(text, (*column([*rows, *all_of]), back))


def _sign(line: CardLine) -> str:
    done = {line.outcome, line.alliance} <= _DONE
    return ("➖" if Progress.SKIPPED in (line.outcome, line.alliance) else "✅") if done else "⏳"


def ways(say: Language, ways: Ways) -> Message:
    """How one of them answers: on this phone, aloud or from paper, before or after; or not this time."""
    case, rater, session = ways.case, ways.line.rater, ways.session
    text = paragraphs(
        f"{bold(case.label)} · {plain(rater_line(say, case, rater))}",
        say("How do they answer?") if ways.waits else say("Everything is answered."),
        say("They have begun on a phone. If you write it down here, it begins anew.") if ways.begun_own else "",
    )
    rows = [_ways_of(say, ways, each) for each in ways.waits]
    skip: tuple[Row, ...] = ((ask(say("➖ Not this time…"), "leave", session.id, rater.id),),) if ways.can_skip else ()
    here: tuple[Row, ...] = ()
    if ways.waits and not rater.is_guess:
        here = ((ask(say("📱 On this phone"), "hand", session.id, rater.id),),)
    return Message(text, (*here, *rows, *skip, (ask(say("← Back"), "answers", session.id),)))


def _ways_of(say: Language, ways: Ways, measure: Measure) -> Row:
    ids = (ways.session.id, ways.line.rater.id, measure.value)
    several = len(ways.waits) > 1
    when = {Measure.OUTCOME: say.within("card", "before"), Measure.ALLIANCE: say.within("card", "after")}[measure]
    aloud, paper = say("🗣 Aloud"), say("📄 From paper")
    return (
        ask(f"{aloud}: {when}" if several else aloud, "aloud", *ids),
        ask(f"{paper}: {when}" if several else paper, "paper", *ids),
    )


def why_skipped(say: Language, ways: Ways) -> Message:
    """Why one of them doesn't answer this time."""
    session, rater = ways.session, ways.line.rater
    text = paragraphs(
        f"{bold(ways.case.label)} · {plain(rater_line(say, ways.case, rater))}",
        say("Not this time: that is fine and is never counted as low. Why?"),
    )
    rows = [ask(words, "leaveout", session.id, rater.id, reason.value) for reason, words in _reasons(say)]
    return Message(text, (*column(rows), (ask(say("← Back"), "ways", session.id, rater.id),)))


def _reasons(say: Language) -> list[tuple[SkipReason, str]]:
    return [
        (SkipReason.NOT_IN_THE_MOOD, say("They didn't feel like it")),
        (SkipReason.NO_TIME, say("There was no time")),
        (SkipReason.NOT_ASKED, say("Not asked")),
        (SkipReason.NOT_PRESENT, say("Not present")),
    ]


def why_all_skipped(say: Language, card: Card) -> Message:
    """Before all who haven't begun are left out, before and after; the reason is the yes."""
    names = ", ".join(rater_name(say, card.case, each) for each in card.missing)
    text = paragraphs(
        bold(card.case.label),
        say("Nobody else is asked at this meeting, neither before nor after: {who}.", who=plain(names)),
        say("Those who have begun can go on. Why?"),
    )
    rows = [ask(words, "skippedall", card.session.id, reason.value) for reason, words in _reasons(say)[:3]]
    return Message(text, (*column(rows), (ask(say("← Back"), "answers", card.session.id),)))


@dataclass(frozen=True)
class EntryScreens:
    """The screens of what is written down, for the worker; questions in the language of who answers.

    `problem`: why what was typed isn't taken.
    """

    say: Language
    entry: Entry
    problem: Reason | None = None

    @property
    def draft(self) -> Draft:
        return self.entry.draft

    def present(self) -> Message:
        """Whatever it is at now."""
        if not self.draft.under_way:
            return self.done()
        if self.draft.present == self.draft.review:
            return self.review()
        if self.draft.mode is Mode.TOTAL_ONLY:
            return self.total()
        return self.aloud() if self.draft.mode is Mode.ALOUD else self.paper()

    def aloud(self) -> Message:
        say = self.say
        view = RatingView(self.draft, self.entry.case, self.entry.rater)
        theirs = RatingScreens(language(self.entry.reads), view, ())
        text = paragraphs(self._heading(), say("Read it to them and tap the number they say."), theirs.asked())
        return self._message(text, (*self._scale(), self._steps()))

    def paper(self) -> Message:
        """The four lines of the sheet; the one that is next has a mark."""
        say, example = self.say, self.say.score(75)
        lines = [self._line(item) for item in self.draft.instrument.items]
        text = paragraphs(
            self._heading(),
            "\n".join(lines),
            say("Write the value of the line with ▸, such as {example}, or tap it. ", example=example)
            + say(
                "All four at once will do as well: {values}", values="\u00a0".join((example, "6", say.score(82), "9"))
            ),
            self._problem(),
        )
        own = self.draft.instrument.measure is Measure.OWN
        other = [] if own else [ask(say("Σ Only a total"), "sum", self.draft.id)]
        return self._message(text, (*self._scale(), (self._day(), *other), self._steps()))

    def total(self) -> Message:
        """Of a sheet with nothing but the sum."""
        example = self.say.score(284)
        told = self.say("Write the total, from 0 to 40, such as {example}.", example=example)
        text = paragraphs(self._heading(), told, self._problem())
        other = ask(self.say("Four values instead"), "items", self.draft.id)
        return self._message(text, ((self._day(), other), self._steps()))

    def review(self) -> Message:
        """Before it is sent: all of it, each line to be changed."""
        say, draft = self.say, self.draft
        summed = draft.total is not None
        lines = [say("Total: {total}", total=say.score(draft.total))] if draft.total is not None else self._lines()
        kept = say("🔒 Only for you: left out of what is shown to several people.") if draft.only_worker else ""
        text = paragraphs(self._heading(), "\n".join(lines), kept, self._problem())
        items = draft.instrument.items
        changes = [ask(f"✏️ {at} · {self._title(at)}: {self._value(at)}", "reenter", draft.id, at) for at in items]
        other = [ask(say("✏️ Another total"), "sum", draft.id)] if summed else changes
        day = () if draft.mode is Mode.ALOUD else ((self._day(),),)
        send = ask(say("✓ Send"), "enter", draft.id)
        return self._message(text, ((send,), *column(other), *day, (self._toggle(),), self._steps()))

    def done(self) -> Message:
        """It was sent or skipped already."""
        return Message(paragraphs(self._heading(), self.say("It is written down.")), ((self._away(),),))

    def days(self) -> Message:
        """Which day stands on the sheet."""
        say, entry = self.say, self.entry
        yesterday = entry.today.fromordinal(entry.today.toordinal() - 1)
        known = {entry.today: say("Today"), yesterday: say("Yesterday")}
        if entry.met_on is not None and entry.met_on not in known:
            known[entry.met_on] = say("The meeting's day")
        rows = [
            ask(f"{words} · {say.date(each)}", "day", entry.draft.id, each.isoformat()) for each, words in known.items()
        ]
        told = say("Which day stands on the sheet? Tap it or write it, such as 21.11.2026.")
        text = paragraphs(self._heading(), told, self._problem())
        place = Place(PlaceKind.SHEET_DAY, entry.draft.id)
        return Message(text, (*column(rows), (ask(say("← Back"), "entry", entry.draft.id),)), place=place)

    # Parts

    def _heading(self) -> str:
        say, entry, draft = self.say, self.entry, self.draft
        signs = {Mode.ALOUD: say("🗣 Aloud"), Mode.PAPER: say("📄 From paper"), Mode.TOTAL_ONLY: say("📄 From paper")}
        who = plain(rater_line(say, entry.case, entry.rater))
        measure = {Measure.OUTCOME: say.within("card", "before"), Measure.ALLIANCE: say.within("card", "after")}
        parts = [signs.get(draft.mode, ""), measure[draft.instrument.asked_with], self._about()]
        lines = [f"{bold(entry.case.label)} · {who}", " · ".join(part for part in parts if part)]
        if draft.state is DraftState.CHANGING:
            lines.append(say("✏️ A correction: until you send it, the earlier answers count."))
        return "\n".join(lines)

    def _about(self) -> str:
        """Whom it is about, where they rate several."""
        if self.draft.subject_id is None or len(self.entry.rater.subject_ids) < 2:
            return ""
        return subject_about(self.say, self.entry.case, self.entry.case.subject(self.draft.subject_id))

    def _problem(self) -> str:
        """Of a scale of the service's own its ends aren't said: they stand on the buttons."""
        if self.problem is None:
            return ""
        own = self.draft.instrument.measure is Measure.OWN and self.problem is Reason.OVER_TEN
        return f"❗️ {refusals.words(self.say, Reason.NO_NUMBER if own else self.problem)}"

    def _title(self, item: int) -> str:
        return worded(self.say, self.draft.instrument, f"{item}.title")

    def _value(self, item: int) -> str:
        score = self.draft.scores[item - 1]
        return "–" if score is None else self.say.score(score)

    def _line(self, item: int) -> str:
        mark = "▸ " if item == self.draft.present else ""
        return f"{mark}{item} · {plain(self._title(item))}: {bold(self._value(item))}"

    def _lines(self) -> list[str]:
        return [self._line(item) for item in self.draft.instrument.items]

    def _scale(self) -> tuple[Row, ...]:
        draft = self.draft
        buttons = [ask(str(each), "heard", draft.id, draft.present, each) for each in draft.instrument.points]
        return tuple(tuple(buttons[at : at + ROW_BUTTONS]) for at in range(0, len(buttons), ROW_BUTTONS))

    def _day(self) -> Button:
        day = self.draft.rated_on or self.entry.today
        return ask(f"📅 {self.say.full_date(day)}", "days", self.draft.id)

    def _toggle(self) -> Button:
        if self.draft.only_worker:
            return ask(self.say("👀 May be shown together"), "onlyme", self.draft.id, 0)
        return ask(self.say("🔒 Only for me as their worker"), "onlyme", self.draft.id, 1)

    def _steps(self) -> Row:
        draft, back = self.draft, ask(self.say("← Back"), "unheard", self.draft.id, self.draft.present)
        if draft.state is DraftState.CHANGING:
            return (ask(self.say("Keep as before"), "keepfirst", draft.id),)
        can_go_back = draft.mode is not Mode.TOTAL_ONLY and (draft.present > 1 or draft.complete)
        return (back, self._away()) if can_go_back else (self._away(),)

    def _away(self) -> Button:
        """Everything is kept: going away is stopping."""
        if self.draft.session_id is not None:
            return ask(self.say("← The meeting"), "meeting", self.draft.session_id)
        return ask(self.say("← Their answers"), "ratings", self.draft.rater_id)

    def _message(self, text: str, buttons: tuple[Row, ...]) -> Message:
        kind = PlaceKind.DRAFT if self.draft.mode is Mode.ALOUD else PlaceKind.SHEET
        return Message(text, buttons, place=Place(kind, self.draft.id))
