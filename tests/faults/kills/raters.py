"""Those who answer. What they remember is the truth that the database is compared with.

They know what they decided to say and what they were thanked for, and nothing of the bot but what it shows.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.faults.kills.hands import Wish, Words, newest, shown

GOES_BACK: Final = 0.05
CHANGES_A_SCORE: Final = 0.15
CHANGES_WHAT_WAS_SENT: Final = 0.2
SKIPS: Final = 0.05
SCORES: Final = ((0, 3), (5, 10))
"""Somebody feels badly or well about everything: so totals fall and rise enough for alerts."""
THANKS: Final = "🌿 Thank you!"
SKIPPED: Final = "🌿 All right, not this time."


class Stage(Enum):
    """How far a rater is with one rating. After the thanks some change their mind, open it again and send it again."""

    ANSWERING = auto()
    REOPENING = auto()
    CHANGING = auto()
    SENT_AGAIN = auto()
    DONE = auto()


@dataclass
class Answers:
    """One rating in a rater's mind: four scores 0-10. `told` are those that were looked at when it was last sent.

    `change` is the item that they have decided to answer anew, and with what. `awaits`: how the message begins that is
    the end of it, when they have tapped for it. `sends`: how often it was handed in, taps on the same button counted
    once.
    """

    draft: str
    scores: list[int]
    skips: bool
    stage: Stage = Stage.ANSWERING
    told: tuple[int, ...] = ()
    change: tuple[int, int] | None = None
    awaits: str = ""
    reviewed: bool = False
    been_back: set[int] = field(default_factory=set)
    sends: int = 0

    @property
    def done(self) -> bool:
        return self.stage is Stage.DONE


@dataclass
class Rater:
    """`expected`: how many ratings they have been asked for by now. `settling`: they change their mind no more."""

    phone: Phone
    rng: random.Random
    settling: bool = False
    expected: int = 0
    answers: dict[str, Answers] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _stands: dict[int, Answers] = field(default_factory=dict)
    _bars: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        return sum(each.done for each in self.answers.values()) < self.expected

    @property
    def _left(self) -> Iterator[Answers]:
        return (each for each in self.answers.values() if not each.done)

    @property
    def stands(self) -> str:
        left = [f"{each.draft} {each.stage.name} {each.told} {each.skips}" for each in self._left]
        return f"asked {self.expected} times, seen {len(self.answers)}, not done: {left}"

    def wants(self) -> Wish | None:
        for bubble in newest(self.phone):
            wish = self._on(bubble, {words[0]: words for words in shown(bubble)})
            if wish is not None:
                return wish, bubble.id
        return None

    def _on(self, bubble: Bubble, verbs: dict[str, Words]) -> Words | None:
        """What they want of this message. A draft that is done is of no interest, wherever it still stands."""
        if "answer" in verbs:
            mind = self._mind(bubble, verbs["answer"][1])
            return None if mind.done else self._item(mind, int(verbs["answer"][2]), verbs)
        if "send" in verbs:
            mind = self._mind(bubble, verbs["send"][1])
            return None if mind.done else self._review(mind, bubble, verbs)
        if "reopen" in verbs and SKIPPED not in bubble.text:
            return verbs["reopen"] if self._mind(bubble, verbs["reopen"][1]).stage is Stage.REOPENING else None
        return self._end(bubble, verbs)

    def _mind(self, bubble: Bubble, draft: str) -> Answers:
        if draft not in self.answers:
            bounds = self.rng.choice(SCORES)
            scores = [self.rng.randint(*bounds) for _ in range(4)]
            self.answers[draft] = Answers(draft, scores, self.rng.random() < SKIPS)
        self._stands[bubble.id] = self.answers[draft]
        return self.answers[draft]

    def _item(self, mind: Answers, item: int, verbs: dict[str, Words]) -> Words:
        if mind.skips and "skip" in verbs:
            return verbs["skip"]
        if mind.change is not None and mind.change[0] == item:
            mind.scores[item - 1], mind.change = mind.change[1], None
        if item in (2, 3) and item not in mind.been_back and self.rng.random() < GOES_BACK:
            mind.been_back.add(item)
            return verbs["back"]
        mind.been_back.add(item)
        return "answer", mind.draft, str(item), str(mind.scores[item - 1])

    def _review(self, mind: Answers, bubble: Bubble, verbs: dict[str, Words]) -> Words:
        if mind.stage is Stage.REOPENING:
            mind.stage, mind.reviewed = Stage.CHANGING, False
        if not mind.reviewed:
            mind.reviewed = True
            if mind.stage is Stage.CHANGING or self.rng.random() < CHANGES_A_SCORE:
                mind.change = self.rng.randint(1, 4), self.rng.randint(0, 10)
        if mind.change is not None:
            return "change", mind.draft, str(mind.change[0])
        self._bars = tuple(_bars(bubble))
        return verbs["send"]

    def _end(self, bubble: Bubble, verbs: dict[str, Words]) -> Words | None:
        """Thanks, a skip, a menu: perhaps with a way to the next one."""
        mind = self._stands.get(bubble.id) or self._awaited(bubble)
        if mind is not None and not mind.done:
            self._hear(mind, bubble.text)
        if mind is not None and mind.stage is Stage.REOPENING:
            return "given", mind.draft
        onward = verbs.get("show")
        known = self.answers.get(onward[1]) if onward else None
        return None if known is not None and known.done else onward

    def _awaited(self, bubble: Bubble) -> Answers | None:
        """What they wait for comes in a new message when the one that they tapped is gone."""
        for mind in self._left:
            if mind.awaits and bubble.text.startswith(mind.awaits):
                self._stands[bubble.id] = mind
                return mind
        return None

    def _hear(self, mind: Answers, text: str) -> None:
        if not mind.awaits or not text.startswith(mind.awaits):
            return
        again = mind.awaits == THANKS and mind.stage is Stage.ANSWERING and self._changes_their_mind()
        mind.stage, mind.awaits = Stage.REOPENING if again else Stage.DONE, ""

    def _changes_their_mind(self) -> bool:
        return not self.settling and self.rng.random() < CHANGES_WHAT_WAS_SENT

    def tapped(self, words: Words) -> None:
        if words[0] == "skip":
            self.answers[words[1]].awaits = SKIPPED
        if words[0] == "send":
            self._sends(self.answers[words[1]])

    def _sends(self, mind: Answers) -> None:
        if self._bars != tuple(mind.scores):
            self.complaints.append(f"{mind.draft}: the review shows {self._bars}, tapped was {tuple(mind.scores)}")
        mind.told, mind.awaits = tuple(mind.scores), THANKS
        if mind.stage is Stage.CHANGING:
            mind.stage = Stage.SENT_AGAIN
        mind.sends = 2 if mind.stage is Stage.SENT_AGAIN else 1


def _bars(bubble: Bubble) -> Iterator[int]:
    """The scores that a review shows, each at the end of its bar."""
    return (int(line.split()[-1]) for line in bubble.text.splitlines() if "▰" in line or "▱" in line)
