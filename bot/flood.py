"""The flood guard: a bucket of tokens for each person, asked before any work is done for an update.

What finds no token is confirmed to Telegram and has no effect. Two taps on every button through three questionnaires,
as fast as a finger can, stay below it; a program that holds a button down doesn't.
"""

BURST = 40
"""Updates of one person that are taken at once, from a bucket that is full."""
A_SECOND = 5.0
"""Tokens that come back each second."""
ROUNDING = 0.001
"""Of a token, so that none is lost by counting in fractions of seconds."""
FEW = 1024
"""As many buckets may lie about before the full ones are looked for."""


class Flood:
    """The buckets. `now` is a clock in seconds that never goes back; where it begins doesn't matter.

    A bucket is kept as the moment at which it will be full again. One that is full is forgotten sooner or later, so
    there are never more than `FEW`, or twice those of people who wrote in the last `BURST / A_SECOND` seconds.
    """

    def __init__(self, *, burst: int = BURST, a_second: float = A_SECOND) -> None:
        self._token = 1 / a_second
        self._bucket = (burst + ROUNDING) / a_second
        self._full_at: dict[int, float] = {}
        self._told: set[int] = set()
        self._many = FEW

    def __len__(self) -> int:
        """How many buckets are remembered."""
        return len(self._full_at)

    def allows(self, person: int, now: float) -> bool:
        """Take a token of this person's; False when there is none, and then the update is to have no effect."""
        full_at = self._full_at.get(person, now)
        if full_at <= now:
            self._told.discard(person)
        after = max(full_at, now) + self._token
        if after - now > self._bucket:
            return False
        self._full_at[person] = after
        self._forget_full(now)
        return True

    def is_new(self, person: int) -> bool:
        """Whether this flood hasn't been told of yet; asked when something was refused. It lasts until the bucket is
        full again."""
        new = person not in self._told
        self._told.add(person)
        return new

    def _forget_full(self, now: float) -> None:
        """Each time there are many: so a person costs little, however many they are."""
        if len(self._full_at) <= self._many:
            return
        self._full_at = {person: full_at for person, full_at in self._full_at.items() if full_at > now}
        self._told &= self._full_at.keys()
        self._many = max(FEW, 2 * len(self._full_at))
