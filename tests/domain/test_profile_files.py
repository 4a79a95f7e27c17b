"""An organisation's own profile: what a file says holds, the rest is as in the one it is like, and slips are named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import AgeBand
from bot.domain.profile_files import parsed, written
from bot.domain.profiles import ICCE, NHS, PCOMS, PROFILES, Profile, by_age
from bot.domain.rules import TERMS, Bounds, Level, Rule, Terms

NAMED = 'name = "Kallio"\n'
KALLIO = replace(ICCE, name="Kallio")


def test_a_file_with_a_name_alone_is_the_default_under_that_name() -> None:
    assert parsed(NAMED) == KALLIO


@pytest.mark.parametrize("profile", [ICCE, PCOMS, NHS], ids=lambda each: each.name)
def test_what_a_file_doesnt_say_is_as_in_the_profile_it_is_like(profile: Profile) -> None:
    assert parsed(f'{NAMED}like = "{profile.name}"') == replace(profile, name="Kallio")


def test_cutoffs_are_in_points() -> None:
    said = "[cutoffs]\nadult = 24\nadolescent = 27.5\nchild = 31\ncarer = 27\nalliance = 35\nalliance_item = 8.5\n"
    said += 'equal_is = "below"'
    expected = replace(
        KALLIO,
        outcome=by_age(adult=240, adolescent=275, child=310),
        carer=270,
        alliance=350,
        alliance_item=85,
        equal_is_above=False,
    )
    assert parsed(NAMED + said) == expected


def test_one_cutoff_of_its_own_leaves_the_others() -> None:
    assert parsed(f"{NAMED}[cutoffs]\nchild = 30").outcome == {**ICCE.outcome, AgeBand.CHILD: 300}


def test_reliable_change_is_in_points() -> None:
    found = parsed(f"{NAMED}[reliable_change]\nors = 6.6\ncors = 0.1")
    assert (found.reliable_ors, found.reliable_cors) == (66, 1)


def test_bounds_of_rules_are_in_points_or_numbers_of_ratings() -> None:
    said = "[rules.very_low]\ntotal = 9.5\nitem = 1\n[rules.no_change]\nat = [7, 4]\n[rules.sliding]\nfalls = 4"
    assert parsed(NAMED + said).bounds == Bounds(
        very_low_total=95, very_low_item=10, no_change_at=(4, 7), sliding_falls=4
    )


def test_a_rule_has_its_own_level_is_off_or_is_off_for_a_team() -> None:
    said = '[rules.sliding]\nlevel = "notice"\n[rules.seesaw]\nlevel = "off"\n'
    said += '[rules.alliance_drop]\ngrave = "notice"\noff_for = ["pihlaja"]'
    assert parsed(NAMED + said).terms == {
        **TERMS,
        Rule.SLIDING: Terms(Level.NOTICE),
        Rule.SEESAW: Terms(Level.NOTICE, off=True),
        Rule.ALLIANCE_DROP: Terms(Level.NOTICE, grave=Level.NOTICE, off_for=frozenset({"pihlaja"})),
    }


def test_a_rule_is_on_for_a_team_unless_it_is_off_for_all_or_for_that_team() -> None:
    terms = (Terms(Level.INFO), Terms(Level.INFO, off=True), Terms(Level.INFO, off_for=frozenset({"pihlaja"})))
    assert [(each.on_for("pihlaja"), each.on_for("kallio")) for each in terms] == [
        (True, True),
        (False, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("name = ", "is no TOML"),
        ("", "name is None"),
        ('name = ""', "name is ''"),
        ("name = 5", "name is 5"),
        (f'name = "{"k" * 61}"', "of at most 60 characters"),
        ('name = "icce"', "name is 'icce': expected a name of its own"),
        (NAMED + 'like = "vendor"', "like is 'vendor': expected one of icce, pcoms, nhs"),
        (NAMED + "like = 5", "like is 5"),
        (
            NAMED + "cutoff = 5",
            "the file has an unknown 'cutoff': expected cutoffs, like, name, reliable_change, rules",
        ),
        (NAMED + "cutoffs = 5", r"cutoffs is no table: expected \[cutoffs\]"),
        (NAMED + "[cutoffs]\nadults = 5", "cutoffs has an unknown 'adults'"),
        (NAMED + "[cutoffs]\nadult = 40.1", "cutoffs.adult is 40.1: expected points from 0 to 40, one decimal at most"),
        (NAMED + "[cutoffs]\nadult = -0.1", "cutoffs.adult is -0.1"),
        (NAMED + "[cutoffs]\nadult = 25.05", "cutoffs.adult is 25.05"),
        (NAMED + "[cutoffs]\nadult = nan", "cutoffs.adult is NaN"),
        (NAMED + "[cutoffs]\nadult = inf", "cutoffs.adult is Infinity"),
        (NAMED + "[cutoffs]\nadult = true", "cutoffs.adult is True"),
        (NAMED + '[cutoffs]\nadult = "25"', "cutoffs.adult is '25'"),
        (NAMED + "[cutoffs]\nalliance_item = 10.1", "cutoffs.alliance_item is 10.1: expected points from 0 to 10"),
        (NAMED + '[cutoffs]\nequal_is = "equal"', "cutoffs.equal_is is 'equal': expected above or below"),
        (NAMED + "[cutoffs]\nequal_is = true", "cutoffs.equal_is is True"),
        (NAMED + "[reliable_change]\nsrs = 1", "reliable_change has an unknown 'srs'"),
        (NAMED + "[reliable_change]\nors = 0", "reliable_change.ors is 0: expected points from 0.1 to 40"),
        (NAMED + "[rules.very_high]\ntotal = 1", "rules has an unknown 'very_high'"),
        (NAMED + "[rules]\nsliding = 3", r"rules.sliding is no table: expected \[rules.sliding\]"),
        (NAMED + '[rules.sliding]\ngrave = "alert"', "rules.sliding has an unknown 'grave'"),
        (
            NAMED + '[rules.sliding]\nlevel = "loud"',
            "rules.sliding.level is 'loud': expected alert, notice, info or off",
        ),
        (NAMED + "[rules.sliding]\nlevel = 1", "rules.sliding.level is 1"),
        (NAMED + '[rules.alliance_drop]\ngrave = "off"', "rules.alliance_drop.grave is 'off'"),
        (
            NAMED + '[rules.sliding]\noff_for = "pihlaja"',
            "rules.sliding.off_for is 'pihlaja': expected a list of teams",
        ),
        (NAMED + '[rules.sliding]\noff_for = [""]', r"rules.sliding.off_for is \[''\]"),
        (NAMED + "[rules.sliding]\noff_for = [5]", r"rules.sliding.off_for is \[5\]"),
        (NAMED + "[rules.sliding]\nfalls = 0", "rules.sliding.falls is 0: expected a whole number from 1 to 100"),
        (NAMED + "[rules.sliding]\nfalls = 101", "rules.sliding.falls is 101"),
        (NAMED + "[rules.sliding]\nfalls = true", "rules.sliding.falls is True"),
        (NAMED + "[rules.sliding]\nfalls = 2.0", "rules.sliding.falls is Decimal"),
        (NAMED + "[rules.no_change]\nat = []", r"rules.no_change.at is \[\]: expected a list of whole numbers"),
        (NAMED + "[rules.no_change]\nat = 3", "rules.no_change.at is 3"),
        (NAMED + "[rules.no_change]\nat = [3, 0]", "rules.no_change.at is 0"),
        (NAMED + "[rules.very_low]\nitem = 10.1", "rules.very_low.item is 10.1: expected points from 0 to 10"),
        (NAMED + "[cutoffs]\nchild = 1e99", r"cutoffs.child is 1E\+99: expected points from 0 to 40"),
    ],
)
def test_a_slip_is_named_with_its_place(said: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parsed(said)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_published_profile_is_written_under_another_name(profile: Profile) -> None:
    assert parsed(written(profile)) == replace(profile, name=f"{profile.name} of our own")


terms = st.builds(
    lambda own, teams: replace(own, off_for=frozenset(teams)),
    st.sampled_from([Terms(Level.ALERT, off=True), *(Terms(each) for each in Level)]),
    st.lists(
        st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f"), min_size=1, max_size=8)
    ),
)


@given(
    points=st.lists(st.integers(0, 400), min_size=5, max_size=5),
    item=st.integers(0, 100),
    reliable=st.tuples(st.integers(1, 400), st.integers(1, 400)),
    above=st.booleans(),
    sliding=terms,
    falls=st.integers(1, 100),
    at=st.lists(st.integers(1, 100), min_size=1, max_size=5),
)
def test_what_is_written_is_what_is_read(
    points: list[int],
    item: int,
    reliable: tuple[int, int],
    above: bool,
    sliding: Terms,
    falls: int,
    at: list[int],
) -> None:
    adult, adolescent, child, carer, alliance = points
    profile = Profile(
        'A "name" with a \\ in it',
        by_age(adult=adult, adolescent=adolescent, child=child),
        *reliable,
        equal_is_above=above,
        carer=carer,
        alliance=alliance,
        alliance_item=item,
        bounds=Bounds(sliding_falls=falls, no_change_at=tuple(sorted(at))),
        terms={
            **TERMS,
            Rule.SLIDING: replace(sliding, off_for=frozenset(each for each in sliding.off_for if each.strip())),
        },
    )
    assert parsed(written(profile)) == profile


def test_every_bound_belongs_to_a_rule() -> None:
    said = written(ICCE)
    assert [each for each in Bounds.__dataclass_fields__ if f"{each.split('_')[-1]} = " not in said] == []
    graver = sum(each.grave is not None for each in TERMS.values())
    lines = [line for line in said.splitlines() if " = " in line and "level" not in line]
    assert len(lines) == 9 + 1 + graver + len(Bounds.__dataclass_fields__)
