"""Effect sizes: how far clients have come, in standard deviations, and beside what a reference expects.

Each is of clients with two outcome ratings or more, from the first to the last total of their series (mm). An effect
size has no unit; one without what it needs is None, with the reason.

Source:
    Pre-post: mean(last - first) / SD(first), n - 1. Relative: mean(last - E) / SDref, 0 is as the reference.
    Severity-adjusted, older convention: relative + ESref; newer: the relative one itself. Handbook page 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.change import difference
from bot.domain.figures import Convention, Lack, Member, Number, mean, number_of, spread
from bot.domain.references import Reference
from bot.domain.series import Series


@dataclass(frozen=True)
class Effects:
    """`mean_change` and `first_sd` are in mm; `fixed` is by a standard deviation that is set, if one is."""

    mean_change: Number
    first_sd: Number
    own: Number
    fixed: Number
    relative: Number
    adjusted_older: Number
    adjusted_newer: Number


def effects(
    series: Sequence[Series], members: Sequence[Member], *, reference: Reference, fixed_sd: float | None
) -> Effects:
    """Of these series, each of two ratings or more and of one of `members`; `fixed_sd` in mm, above 0."""
    change = mean([difference(each) for each in series])
    sd = spread([each.intake.total for each in series])
    relative = _relative(series, reference)
    return Effects(
        mean_change=number_of(change, members),
        first_sd=number_of(sd, members),
        own=number_of(_ratio(change, sd), members, convention=Convention.OWN_SD),
        fixed=number_of(_ratio(change, fixed_sd), members, convention=Convention.FIXED_SD),
        relative=number_of(relative, members),
        adjusted_older=number_of(_raised(relative, reference.effect), members, convention=Convention.OLDER),
        adjusted_newer=number_of(relative, members, convention=Convention.NEWER),
    )


def _relative(series: Sequence[Series], reference: Reference) -> float | Lack:
    expectation = reference.expectation
    if expectation is None:
        return Lack.NO_EXPECTATION
    beyond = mean([each.last.total - expectation.of(each.intake.total) for each in series])
    return _ratio(beyond, reference.sd)


def _ratio(value: float | Lack, sd: float | Lack | None) -> float | Lack:
    if sd is None:
        return Lack.NO_REFERENCE_SD
    if isinstance(value, Lack) or isinstance(sd, Lack):
        return next(each for each in (value, sd) if isinstance(each, Lack))
    return value / sd


def _raised(relative: float | Lack, effect: float | None) -> float | Lack:
    if isinstance(relative, Lack):
        return relative
    return Lack.NO_REFERENCE_EFFECT if effect is None else relative + effect
