"""An organisation's own profile, as a TOML file: numbers in points, as people see them (0-40, an item 0-10).

What a file doesn't say is as in the profile that it names with `like`. Anything unknown or out of range is refused with
its place, so that a slip of the pen never changes who hears of what.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from bot.domain.instruments import ITEM_MAXIMUM, TOTAL_MAXIMUM
from bot.domain.people import AgeBand
from bot.domain.points import in_mm, in_points
from bot.domain.profiles import ICCE, PROFILES, Profile, by_age
from bot.domain.rules import Bounds, Level, Rule, Terms, Unit
from bot.domain.toml import quoted, read

OFF = "off"
LONGEST_NAME = 60
MOST = 100
AGES = {"adult": AgeBand.ADULT, "adolescent": AgeBand.ADOLESCENT, "child": AgeBand.CHILD}
CUTOFFS = {"carer": "carer", "alliance": "alliance", "alliance_item": "alliance_item"}
RELIABLE = {"ors": "reliable_ors", "cors": "reliable_cors"}
SIDES = {"above": True, "below": False}
ITEMS = ("alliance_item", "very_low_item")
"""Bounds of an item (0-10 points); all others that are in points are of a total (0-40)."""


def parsed(text: str) -> Profile:
    """The profile that a file describes.

    Raises:
        ValueError: with the place in the file and what is expected there.
    """
    try:
        said = read(text)
    except ValueError as error:
        raise ValueError(f"{error}: expected a file of a profile") from None
    _known(said, {"name", "like", "cutoffs", "reliable_change", "rules"}, "the file")
    profile = replace(_like(said.get("like", ICCE.name)), name=_name(said.get("name")))
    profile = _with_cutoffs(profile, _table(said, "cutoffs"))
    profile = _with_reliable(profile, _table(said, "reliable_change"))
    return _with_rules(profile, _table(said, "rules"))


def _known(table: Mapping[str, Any], names: set[str], place: str) -> None:
    for each in table:
        if each not in names:
            raise ValueError(f"{place} has an unknown {each!r}: expected {', '.join(sorted(names))}")


def _table(said: Mapping[str, Any], name: str, place: str = "") -> Mapping[str, Any]:
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"{place}{name} is no table: expected [{place}{name}]")
    return found


def _like(name: object) -> Profile:
    if not isinstance(name, str) or name not in PROFILES:
        raise ValueError(f"like is {name!r}: expected one of {', '.join(PROFILES)}")
    return PROFILES[name]


def _name(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or name in PROFILES:
        raise ValueError(f"name is {name!r}: expected a name of its own of at most {LONGEST_NAME} characters")
    return name


def _with_cutoffs(profile: Profile, said: Mapping[str, Any]) -> Profile:
    _known(said, {*AGES, *CUTOFFS, "equal_is"}, "cutoffs")
    ages = {name: profile.outcome[band] for name, band in AGES.items()}
    ages |= {name: _points(said[name], f"cutoffs.{name}") for name in AGES if name in said}
    others: dict[str, Any] = {
        field: _points(said[name], f"cutoffs.{name}", item=field in ITEMS)
        for name, field in CUTOFFS.items()
        if name in said
    }
    if "equal_is" in said:
        others["equal_is_above"] = _side(said["equal_is"])
    return replace(profile, outcome=by_age(**ages), **others)


def _side(word: object) -> bool:
    if not isinstance(word, str) or word not in SIDES:
        raise ValueError(f"cutoffs.equal_is is {word!r}: expected above or below")
    return SIDES[word]


def _with_reliable(profile: Profile, said: Mapping[str, Any]) -> Profile:
    _known(said, set(RELIABLE), "reliable_change")
    found: dict[str, Any] = {
        RELIABLE[name]: _points(value, f"reliable_change.{name}", least=1) for name, value in said.items()
    }
    return replace(profile, **found)


# The rules


def _with_rules(profile: Profile, said: Mapping[str, Any]) -> Profile:
    _known(said, {each.value for each in Rule}, "rules")
    terms, bounds = dict(profile.terms), profile.bounds
    for name in said:
        rule, own = Rule(name), _table(said, name, "rules.")
        units = _units_of(rule)
        _known(own, {*_words_of(terms[rule]), *units}, f"rules.{name}")
        terms[rule] = _terms(terms[rule], own, f"rules.{name}")
        bounds = replace(bounds, **_changed(name, own, units))
    return replace(profile, bounds=bounds, terms=MappingProxyType(terms))


def _units_of(rule: Rule) -> Mapping[str, Unit]:
    """A rule's bounds by the names that they have in its section, with their units."""
    prefix = f"{rule.value}_"
    own = (each for each in fields(Bounds) if each.name.startswith(prefix))
    return {each.name.removeprefix(prefix): each.metadata["unit"] for each in own}


def _words_of(terms: Terms) -> tuple[str, ...]:
    return ("level", "off_for") if terms.grave is None else ("level", "grave", "off_for")


def _changed(rule: str, own: Mapping[str, Any], units: Mapping[str, Unit]) -> dict[str, Any]:
    return {
        f"{rule}_{name}": _bound(own[name], unit, f"rules.{rule}.{name}", item=f"{rule}_{name}" in ITEMS)
        for name, unit in units.items()
        if name in own
    }


def _terms(terms: Terms, own: Mapping[str, Any], place: str) -> Terms:
    """A rule that is off keeps its level for the day on which it is on again."""
    off = own.get("level") == OFF
    level = terms.level if off or "level" not in own else _level(own["level"], f"{place}.level")
    grave = _level(own["grave"], f"{place}.grave") if "grave" in own else terms.grave
    teams = _teams(own["off_for"], f"{place}.off_for") if "off_for" in own else terms.off_for
    return Terms(level, grave, off, teams)


def _level(word: object, place: str) -> Level:
    if not isinstance(word, str) or word not in {each.value for each in Level}:
        raise ValueError(f"{place} is {word!r}: expected {', '.join(each.value for each in Level)} or {OFF}")
    return Level(word)


def _teams(names: object, place: str) -> frozenset[str]:
    if not isinstance(names, list) or not all(isinstance(each, str) and each.strip() for each in names):
        raise ValueError(f"{place} is {names!r}: expected a list of teams")
    return frozenset(names)


def _bound(value: object, unit: Unit, place: str, *, item: bool) -> int | tuple[int, ...]:
    if unit is Unit.POINTS:
        return _points(value, place, item=item)
    if unit is Unit.COUNT:
        return _count(value, place)
    if not isinstance(value, list) or not value:
        raise ValueError(f"{place} is {value!r}: expected a list of whole numbers")
    return tuple(sorted(_count(each, place) for each in value))


def _count(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST:
        raise ValueError(f"{place} is {value!r}: expected a whole number from 1 to {MOST}")
    return value


def _points(value: object, place: str, *, item: bool = False, least: int = 0) -> int:
    """In mm."""
    return in_mm(value, place, least=least, most=ITEM_MAXIMUM if item else TOTAL_MAXIMUM)


# Writing


def written(profile: Profile) -> str:
    """A profile as a file that says everything, to begin one's own with; what it says is what `parsed` reads."""
    cutoffs = {name: in_points(profile.outcome[band]) for name, band in AGES.items()}
    cutoffs |= {name: in_points(getattr(profile, field)) for name, field in CUTOFFS.items()}
    cutoffs["equal_is"] = quoted("above" if profile.equal_is_above else "below")
    reliable = {name: in_points(getattr(profile, field)) for name, field in RELIABLE.items()}
    parts = [_section("cutoffs", cutoffs), _section("reliable_change", reliable)]
    parts += [_section(f"rules.{each.value}", _rule(profile, each)) for each in Rule]
    own_name = f"{profile.name} of our own" if profile.name in PROFILES else profile.name
    return "\n".join([f"name = {quoted(own_name)}\n", *parts])


def _section(name: str, lines: Mapping[str, str]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def _rule(profile: Profile, rule: Rule) -> Mapping[str, str]:
    terms = profile.terms[rule]
    lines = {"level": quoted(OFF if terms.off else terms.level.value)}
    if terms.grave is not None:
        lines["grave"] = quoted(terms.grave.value)
    if terms.off_for:
        lines["off_for"] = f"[{', '.join(quoted(each) for each in sorted(terms.off_for))}]"
    bounds = {name: (unit, getattr(profile.bounds, f"{rule.value}_{name}")) for name, unit in _units_of(rule).items()}
    return lines | {
        name: in_points(value) if unit is Unit.POINTS else _counts(value) for name, (unit, value) in bounds.items()
    }


def _counts(value: int | tuple[int, ...]) -> str:
    return str(value if isinstance(value, int) else list(value))
