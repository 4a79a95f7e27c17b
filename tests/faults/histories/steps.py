"""The steps that a history is made of, and how chance draws them. A failing history is printed as a list of them."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st

RATERS = ("aino", "mother")
LENGTH = 40


@dataclass(frozen=True)
class Tap:
    """A button of a rating, on the newest screen that has it; `age` 1 is the screen before that, as it was seen then.

    So old messages are tapped, and what a second device still shows. `held`: it isn't delivered yet.
    """

    who: str
    verb: str
    number: int = 0
    age: int = 0
    held: bool = False


@dataclass(frozen=True)
class Rates:
    """/start, and from there the answers one after another; with `sends` they are handed in."""

    who: str
    scores: tuple[int, ...]
    sends: bool = True


@dataclass(frozen=True)
class Says:
    """/start."""

    who: str
    held: bool = False


@dataclass(frozen=True)
class Looks:
    """At what was given: from the list of them, as it may still stand somewhere. `age` 0 is of the newest meeting."""

    who: str
    age: int = 0
    held: bool = False


@dataclass(frozen=True)
class Corrects:
    """One answer of what was given is changed; with `sends` it is handed in again."""

    who: str
    age: int
    item: int
    score: int
    sends: bool = True


@dataclass(frozen=True)
class Deletes:
    """The newest message goes from the chat, and the bot isn't told."""

    who: str


@dataclass(frozen=True)
class Meets:
    """What the worker taps: start, close, or unasked (end), on the card of the newest meeting or an older one.

    `next` is what comes next in a meeting.
    """

    verb: str
    age: int = 0
    held: bool = False


@dataclass(frozen=True)
class Delivers:
    """Of what is held back one comes, whatever its place in line; at once as often as `times` says."""

    place: int
    times: int = 1


@dataclass(frozen=True)
class Polls:
    """All that is held back comes in order."""


@dataclass(frozen=True)
class Again:
    """One that was done before comes once more; 0 is the newest."""

    back: int


@dataclass(frozen=True)
class Restarts:
    """The bot dies some `moments` after it took what is held back, and begins again.

    All of it comes then, and with it some that were `confirmed` already.
    """

    moments: int = 0
    confirmed: int = 0


@dataclass(frozen=True)
class Waits:
    """The clock jumps."""

    seconds: float


@dataclass(frozen=True)
class Letters:
    """What is in the outbox and due goes out."""


@dataclass(frozen=True)
class Refuses:
    """Telegram refuses the next edit: the message is gone, or not now (429)."""

    for_now: bool


Step = (
    Tap
    | Rates
    | Says
    | Looks
    | Corrects
    | Deletes
    | Meets
    | Delivers
    | Polls
    | Again
    | Restarts
    | Waits
    | Letters
    | Refuses
)

JUMPS = (
    timedelta(seconds=5),
    timedelta(seconds=-30),
    timedelta(minutes=3),
    timedelta(hours=8),
    timedelta(hours=25),
    timedelta(days=8),
)
VERBS = (
    *("answer",) * 6,
    *("send", "back", "change", "reopen") * 3,
    *("keep",) * 2,
    *("skip", "why", "stop", "show", "decline"),
)
MEETS = (*("next",) * 5, "start", "close", "unasked")

_who = st.sampled_from(RATERS)
_age = st.sampled_from((0, 0, 0, 1, 2, 5))
_held = st.sampled_from((False, False, True))
_score = st.integers(0, 10)
_taps = st.builds(Tap, _who, st.sampled_from(VERBS), _score, _age, _held)
_rates = st.builds(Rates, _who, st.tuples(*[_score] * 4), st.sampled_from((True, True, False)))
_meets = st.builds(Meets, st.sampled_from(MEETS), st.sampled_from((0, 0, 0, 1)), _held)
_says = st.builds(Says, _who, _held)
_looks = st.builds(Looks, _who, _age, _held)
_corrects = st.builds(
    Corrects, _who, st.integers(0, 2), st.integers(1, 4), _score, st.sampled_from((True, True, False))
)
_comes = st.one_of(
    st.builds(Delivers, st.integers(0, 3), st.integers(1, 2)),
    st.just(Polls()),
    st.builds(Again, st.integers(0, 9)),
    st.builds(Restarts, st.integers(0, 40), st.integers(0, 5)),
)
_world = st.one_of(
    st.builds(Waits, st.sampled_from([each.total_seconds() for each in JUMPS])),
    st.just(Letters()),
    st.builds(Refuses, st.booleans()),
    st.builds(Deletes, _who),
)
_KINDS: tuple[st.SearchStrategy[Step], ...] = (
    *(_taps,) * 6,
    *(_comes,) * 3,
    *(_rates, _meets, _corrects) * 2,
    *(_looks, _says, _world),
)
_steps = st.sampled_from(_KINDS).flatmap(lambda kind: kind)


def _of_length(count: int) -> st.SearchStrategy[list[Step]]:
    return st.lists(_steps, min_size=count, max_size=count)


histories = st.integers(1, LENGTH).flatmap(_of_length)
"""Left to itself chance draws lists of a few steps, in which nothing happens."""
