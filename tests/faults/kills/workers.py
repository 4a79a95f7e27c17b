"""Those who meet: one worker with one case, meeting after meeting, each of them asked for once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.faults.kills.hands import Wish, Words, newest, shown
from tests.faults.kills.raters import Rater

OVER = "The meeting is over"


class Stage(Enum):
    """Between meetings; waiting for the ratings before; for those after, when it has been closed."""

    APART = auto()
    BEFORE = auto()
    AFTER = auto()


@dataclass
class Worker:
    """`raters` are those of the case, with the number of people that each is asked about."""

    phone: Phone
    case: str
    raters: Sequence[tuple[Rater, int]]
    settling: bool = False
    stage: Stage = Stage.APART
    sessions: list[str] = field(default_factory=list)
    _card: int = 0

    @property
    def waits(self) -> bool:
        return self._ready

    @property
    def _ready(self) -> bool:
        """Whether the next step is theirs. Who settles begins nothing, and asks for nothing more."""
        if self.stage is Stage.APART or self.settling:
            return not self.settling
        return not any(rater.waits for rater, _ in self.raters)

    @property
    def stands(self) -> str:
        return f"{self.stage.name} in meeting {len(self.sessions)}"

    def wants(self) -> Wish | None:
        self._see()
        return self._step() if self._ready else None

    def _see(self) -> None:
        """How far the meeting is, as its card says."""
        for bubble in newest(self.phone):
            verbs = {words[0]: words for words in shown(bubble)}
            if self.stage is Stage.APART and "close" in verbs and verbs["close"][1] not in self.sessions:
                self._began(verbs["close"][1])
            elif self.stage is Stage.BEFORE and self._is_closing(verbs):
                self.stage, self._card = Stage.AFTER, bubble.id
                self._ask_each(Stage.AFTER)
            elif self.stage is Stage.AFTER and self._is_over(bubble, verbs):
                self.stage = Stage.APART

    def _began(self, session: str) -> None:
        self.sessions.append(session)
        self.stage = Stage.BEFORE
        self._ask_each(Stage.BEFORE)

    def _ask_each(self, stage: Stage) -> None:
        for rater, subjects in self.raters:
            rater.expected += subjects if stage is Stage.BEFORE else 1

    def _is_closing(self, verbs: dict[str, Words]) -> bool:
        return "end" in verbs and verbs["end"][1] == self.sessions[-1] and "close" not in verbs

    def _is_over(self, bubble: Bubble, verbs: dict[str, Words]) -> bool:
        """The card says so where it was tapped; or the case, asked for since then, offers the next meeting."""
        said = bubble.id == self._card and "end" not in verbs and OVER in bubble.text
        return said or (bubble.id > self._card and verbs.get("attend") == ("attend", self.case))

    def _step(self) -> Wish | None:
        """The button that they are after, or the newest one on the way to it."""
        goals: dict[Stage, Sequence[Words]] = {
            Stage.APART: [("start", self.case), ("attend", self.case)],
            Stage.BEFORE: [("close", *self.sessions[-1:])],
            Stage.AFTER: [("end", *self.sessions[-1:])],
        }
        for goal in goals[self.stage]:
            for bubble in newest(self.phone):
                for words in shown(bubble):
                    if words[: len(goal)] == goal and not (goal[0] == "attend" and len(words) > 2):
                        self._card = bubble.id
                        return words, bubble.id
        return self._on_the_way()

    def _on_the_way(self) -> Wish | None:
        ways: list[Words] = [("case", self.case), ("cases",)]
        if self.sessions:
            ways = [("meeting", self.sessions[-1]), ("tocard", self.sessions[-1]), *ways]
        for bubble in newest(self.phone):
            for way in ways:
                if way in shown(bubble):
                    return way, bubble.id
        return None

    def tapped(self, words: Words) -> None:
        """What comes of it is seen on the card."""
