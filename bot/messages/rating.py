"""The screens of a rating: an item with the buttons 0-10, the review, the thanks, a skip, a pause.

The first line of each says nothing about service, worker, child or kind of rating: a lock screen shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.ratings import RatingView
from bot.domain.instruments import Measure
from bot.domain.letters import Place, PlaceKind
from bot.domain.ratings import Draft, DraftState, SkipReason
from bot.i18n import Language
from bot.messages.help_lines import HelpLine, help_text
from bot.messages.message import ROW_BUTTONS, Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.own_picture import to_own_picture
from bot.messages.people import guess_of, guess_question, whom_you_rate
from bot.messages.wording import worded

BAR_CELLS = 10


@dataclass(frozen=True)
class RatingScreens:
    """The screens of one rating, for one reader."""

    say: Language
    view: RatingView
    help_lines: Sequence[HelpLine]

    @property
    def draft(self) -> Draft:
        return self.view.draft

    def present(self) -> Message:
        """Whatever the draft is at now."""
        if self.view.expired:
            return self.expired()
        if self.draft.state is DraftState.SENT:
            return self.thanks()
        if self.draft.state is DraftState.SKIPPED:
            return self.skipped()
        return self.review() if self.draft.present == self.draft.review else self.item()

    # One item

    def item(self) -> Message:
        number = self.draft.present
        text = paragraphs(self._first_line(), self.asked())
        return self._message(text, (*self._scale(number), *self._steps(number)))

    def asked(self) -> str:
        """The present item in words: what it asks, about whom, and the two ends of the scale."""
        number = self.draft.present
        return paragraphs(self._introduction(), self._question(number), self._ends(number))

    def _first_line(self) -> str:
        """Long enough, before anything is answered, that a notification shows hardly more than this."""
        if self.draft.begun:
            return self.say("🌿 A moment for you")
        if self.draft.instrument.measure is Measure.OWN:
            return self.say("🌿 A moment for you: a few more questions. You can skip them this time.")
        return self.say(
            "🌿 A moment for you: four short questions, less than a minute. Answer when it suits you, "
            "or skip this time. Both are fine."
        )

    def _introduction(self) -> str:
        words = plain(self._worded(f"intro.{self._perspective()}"))
        return "\n".join(part for part in (words, self._about()) if part)

    def _perspective(self) -> str:
        own = self.view.rater.is_own(self.draft.subject_id)
        return "self" if own or self.draft.instrument.asked_with is Measure.ALLIANCE else "about"

    def _about(self) -> str:
        """Whom it is about, for somebody who rates another; of several, which one this is. Of a guess, as whom."""
        case, rater = self.view.case, self.view.rater
        if self.draft.subject_id is None or rater.subject_ids == (rater.own_subject_id or self._only_self(),):
            return ""
        subject = case.subject(self.draft.subject_id)
        if rater.is_guess:
            return guess_question(self.say, case, rater, subject)
        rated = [each.id for each in case.subjects if each.id in rater.subject_ids]
        place = f" ({rated.index(subject.id) + 1}/{len(rated)})" if len(rated) > 1 and subject.id in rated else ""
        return self.say("About: {who}", who=bold(whom_you_rate(self.say, case, rater, subject))) + place

    def _only_self(self) -> str | None:
        return self.draft.subject_id if self._perspective() == "self" else None

    def _question(self, number: int) -> str:
        question = plain(self._worded(f"{number}.{self._perspective()}"))
        place = f"{number}/{self.draft.instrument.count}"
        return f"{bold(f'{place} · {self._title(number)}')}\n{question}"

    def _title(self, number: int) -> str:
        return self._worded(f"{number}.title")

    def _worded(self, key: str) -> str:
        return worded(self.say, self.draft.instrument, key)

    def _ends(self, number: int) -> str:
        """The two ends of the scale in words; for children with faces. And what was said before, when it is changed."""
        instrument = self.draft.instrument
        low, high = (plain(self._worded(f"{number}.{end}")) for end in ("low", "high"))
        sad, glad = ("🙁 ", "🙂 ") if instrument.faces else ("", "")
        ends = f"{sad}{instrument.low} – {low}\n{glad}{instrument.high} – {high}"
        score = self.draft.scores[number - 1]
        return (
            ends
            if score is None
            else paragraphs(ends, self.say("Your answer now: {score}", score=self.say.score(score)))
        )

    def _scale(self, number: int) -> tuple[Row, ...]:
        points = self.draft.instrument.points
        buttons = [ask(str(score), "answer", self.draft.id, number, score) for score in points]
        return tuple(tuple(buttons[at : at + ROW_BUTTONS]) for at in range(0, len(buttons), ROW_BUTTONS))

    def _steps(self, number: int) -> tuple[Row, ...]:
        back = ask(self.say("← Back"), "back", self.draft.id, number)
        stop = ask(self.say("Stop"), "stop", self.draft.id)
        can_go_back = number > 1 or self.draft.complete
        if self.draft.state is DraftState.CHANGING:
            return ((back, self._keep()),)
        skip = ask(self.say("Skip this time"), "skip", self.draft.id)
        return ((back, skip, stop),) if can_go_back else ((skip, stop),)

    def _keep(self) -> Button:
        return ask(self.say("Keep as before"), "keep", self.draft.id)

    # After the fourth

    def review(self) -> Message:
        lines = [self._bar_line(item) for item in self.draft.instrument.items]
        text = paragraphs(
            self.say("🌿 Almost done"),
            "\n".join(part for part in (bold(self.say("Your answers")), self._about()) if part),
            "\n\n".join(lines),
            self._kept_for_worker(),
            self.say("Tap a line to change it, or send."),
        )
        changes = [
            ask(
                f"✏️ {item} · {self._title(item)}: {self.say.score(self.draft.scores[item - 1] or 0)}",
                "change",
                self.draft.id,
                item,
            )
            for item in self.draft.instrument.items
        ]
        send = ask(self.say("✓ Send"), "send", self.draft.id)
        return self._message(text, ((send,), *column(changes), (self._toggle(),), self._ending()))

    def _kept_for_worker(self) -> str:
        if not self.draft.only_worker:
            return ""
        return self.say("🔒 Only for your worker: these answers are left out of what is shown to several people.")

    def _toggle(self) -> Button:
        """What a tap makes of it: said twice, it stays so."""
        if self.draft.only_worker:
            return ask(self.say("👀 May be shown together"), "only", self.draft.id, 0)
        return ask(self.say("🔒 Only for my worker"), "only", self.draft.id, 1)

    def _bar_line(self, item: int) -> str:
        score = self.draft.scores[item - 1] or 0
        lowest, highest = self.draft.instrument.lowest, self.draft.instrument.highest
        cells = round((score - lowest) / (highest - lowest) * BAR_CELLS)
        bar = "▰" * cells + "▱" * (BAR_CELLS - cells)
        return f"{item} · {plain(self._title(item))}\n{bar} {bold(self._score(item))}"

    def _score(self, item: int) -> str:
        return self.say.score(self.draft.scores[item - 1] or 0)

    def _ending(self) -> Row:
        if self.draft.state is DraftState.CHANGING:
            return (self._keep(),)
        back = ask(self.say("← Back"), "back", self.draft.id, self.draft.review)
        skip = ask(self.say("Skip this time"), "skip", self.draft.id)
        return back, skip, ask(self.say("Stop"), "stop", self.draft.id)

    def thanks(self) -> Message:
        """Thanks, who sees it, the help lines; the answers are no longer on the screen."""
        say = self.say
        text = paragraphs(
            say("🌿 Thank you! Your answers have been saved."),
            self._who_sees_it(),
            self._help(),
        )
        own = (to_own_picture(say, self.view.rater.id, self.draft.subject_id),)
        has_one = self.draft.instrument.measure is not Measure.OWN and not self.view.rater.is_guess
        return self._message(text, (*self._onward(), (*(own if has_one else ()), ask(say("Menu"), "home"))))

    def _who_sees_it(self) -> str:
        if self.draft.only_worker:
            return self.say(
                "🔒 Only for your worker: they are left out of what is shown to several people. "
                "They are a start for talking, not a grade."
            )
        return self.say(
            "Your worker sees them, and you can look at them together. They are a start for talking, not a grade."
        )

    def kept(self) -> Message:
        """A change was given up: what was handed in first stays."""
        text = paragraphs(self.say("🌿 All right, your answers are as they were."), self._help())
        return self._message(text, (*self._onward(), (ask(self.say("Menu"), "home"),)))

    def expired(self) -> Message:
        """Its time is over; whatever was answered isn't on the screen any more."""
        text = paragraphs(self.say("🌿 This can't be answered any more. That's all right."), self._help())
        return self._message(text, ((ask(self.say("Menu"), "home"),),))

    def _onward(self) -> tuple[Row, ...]:
        """The way to the next one, about another child, where one waits."""
        more = self.view.more
        if more is None:
            return ()
        if more.instrument.measure is Measure.OWN:
            title = worded(self.say, more.instrument, "title")
            return ((ask(self.say("Next: {title} →", title=title), "show", more.id),),)
        if more.subject_id is None:
            return ()
        case, subject = self.view.case, self.view.case.subject(more.subject_id)
        rater = case.rater(more.rater_id)
        who = guess_of(self.say, rater.kind) if rater.is_guess else whom_you_rate(self.say, case, rater, subject)
        return ((ask(self.say("Next: {who} →", who=who), "show", more.id),),)

    def _help(self) -> str:
        lines = help_text(self.say, self.help_lines, self.view.case.answers_for(self.view.rater).band)
        watched = self.say("Nobody reads the answers around the clock. If you need help now:")
        return f"{watched}\n{lines}"

    def given(self) -> Message:
        """What was handed in before, to look at and to change."""
        total, items = self.draft.total, self.draft.instrument.items
        summed = self.say("Total: {total}", total=self.say.score(total)) if total is not None else ""
        lines = summed or "\n\n".join(self._bar_line(item) for item in items)
        heading = "\n".join(part for part in (bold(self.say("You have answered this already:")), self._about()) if part)
        change = ask(self.say("✏️ Change my answers"), "reopen", self.draft.id)
        text = paragraphs(self.say("🌿 Your answers"), heading, lines)
        delete = ask(self.say("🗑 Delete my answers"), "dropown", self.draft.id)
        as_it_is = ask(self.say("All right as it is"), "show", self.draft.id)
        return self._message(text, ((change,), (delete,), (as_it_is,)))

    def sure(self) -> Message:
        """Before one's own answers of one time are deleted for good."""
        say = self.say
        told = say("Delete these answers for good? Your worker hears that you did, and not what they were.")
        yes, no = ask(say("Yes, delete"), "goneown", self.draft.id), ask(say("← Back"), "given", self.draft.id)
        return self._message(paragraphs(say("🌿 Your answers"), self._about(), told), ((yes,), (no,)))

    # Not this time

    def skipped(self) -> Message:
        """A skip is a full answer; saying why is a choice."""
        say = self.say
        text = paragraphs(say("🌿 All right, not this time."), self._why(), self._help())
        reasons = [
            ask(say("I don't feel like it"), "why", self.draft.id, SkipReason.NOT_IN_THE_MOOD.value),
            ask(say("No time"), "why", self.draft.id, SkipReason.NO_TIME.value),
        ]
        rows = column(reasons) if self.draft.skip_reason is SkipReason.NONE else ()
        after_all = ask(say("Answer after all"), "reopen", self.draft.id)
        return self._message(text, (*rows, *self._onward(), (after_all, ask(say("Menu"), "home"))))

    def _why(self) -> str:
        words = {
            SkipReason.NONE: self.say("That is fine and is never held against you. You can say why if you like."),
            SkipReason.NOT_IN_THE_MOOD: self.say(
                "Noted: you don't feel like it. That is fine and is never held against you."
            ),
            SkipReason.NO_TIME: self.say("Noted: no time. That is fine and is never held against you."),
            SkipReason.NOT_ASKED: self.say("Your worker has left it out this time."),
            SkipReason.NOT_PRESENT: self.say("Your worker has noted that you weren't there this time."),
        }
        return words[self.draft.skip_reason or SkipReason.NONE]

    def paused(self) -> Message:
        """Stopped half-way: the draft stays, nothing is sent."""
        say = self.say
        text = paragraphs(
            say("🌿 Stopped here."),
            say("Nothing has been sent. What you have answered is kept, and you can go on from the same place."),
        )
        go_on = ask(say("Go on"), "show", self.draft.id)
        return self._message(text, ((go_on,), (ask(say("Menu"), "home"),)))

    def choice(self, views: Sequence[RatingView]) -> Message:
        """Several were handed in, one for each child: which one to look at."""
        text = paragraphs(
            self.say("🌿 Your answers"), self.say("You have answered all of these. Which one do you want to see?")
        )
        rows = [ask(self._subject_of(each), "given", each.draft.id) for each in views]
        return Message(text, (*column(rows), (ask(self.say("Menu"), "home"),)))

    def _subject_of(self, view: RatingView) -> str:
        return whom_you_rate(self.say, view.case, view.rater, view.case.subject(view.draft.subject_id or ""))

    def _message(self, text: str, buttons: tuple[Row, ...]) -> Message:
        return Message(text, buttons, place=Place(PlaceKind.DRAFT, self.draft.id))


def deleted(say: Language, help_lines: Sequence[HelpLine], view: RatingView) -> Message:
    """One's own answers of one time are gone."""
    watched = say("Nobody reads the answers around the clock. If you need help now:")
    helped = f"{watched}\n{help_text(say, help_lines, view.rater.band)}"
    return Message(paragraphs(say("🌿 These answers are deleted."), helped), ((ask(say("Menu"), "home"),),))
