"""Files of trajectories: what is read, and what is refused with its place. A file has points, the code mm."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import AgeBand
from bot.domain.profiles import ICCE, PCOMS, by_age
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from bot.domain.trajectory_files import checked, must_cover, parsed, written
from tests.domain.test_trajectories import tables

FILE = """
name = "A made-up one"

[covers]
carer = [10.0, 27.9]

[[adult]]
intake = 0
target = [8, 12.5, 15]
lower = [0, 1.5, 2]

[[adult]]
intake = 25.0
target = [26.0, 27.0, 28.0]
lower = [20.0, 21.0, 21.0]

[[carer]]
intake = 17.4
n = 41
target = [19.3]
lower = [14.0]
"""

READ = Trajectories(
    "A made-up one",
    {
        RaterGroup.ADULT: Trajectory(
            (Row(0, (80, 125, 150), (0, 15, 20)), Row(250, (260, 270, 280), (200, 210, 210))), covers=None
        ),
        RaterGroup.CARER: Trajectory((Row(174, (193,), (140,), n=41),), covers=(100, 279)),
    },
)


def test_a_file_is_read_whole() -> None:
    assert parsed(FILE) == READ


def test_what_is_written_is_read_as_the_same() -> None:
    assert parsed(written(READ)) == READ


def test_remarks_stand_at_the_head_and_change_nothing() -> None:
    text = written(READ, ["adult: 41 cases", "child: none"])
    assert text.startswith('# adult: 41 cases\n# child: none\nname = "A made-up one"\n')
    assert parsed(text) == READ


def test_what_a_file_doesnt_need_isnt_written() -> None:
    made = Trajectories('the "first"', {RaterGroup.ADULT: Trajectory((Row(0, (400, 400), (5, 10)),))})
    table = "[[adult]]\nintake = 0.0\ntarget = [40.0, 40.0]\nlower = [0.5, 1.0]\n"
    assert written(made) == f'name = "the \\"first\\""\n\n{table}'


def test_a_name_may_have_eighty_characters() -> None:
    assert parsed(f'name = "{"ä" * 80}"').name == "ä" * 80


def test_a_file_with_a_name_alone_has_no_table() -> None:
    assert parsed('name = "none"') == Trajectories("none", {})
    assert parsed(written(Trajectories("none", {}))) == Trajectories("none", {})


@given(tables(), st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=80))
def test_whatever_is_well_is_written_and_read_as_the_same(table: Trajectory, name: str) -> None:
    made = Trajectories(name, {RaterGroup.CHILD: table})
    assert parsed(written(made)) == made


# Refused


def adult(*rows: str) -> str:
    return 'name = "x"\n' + "".join(f"[[adult]]\n{row}\n" for row in rows)


ROW = "intake = 10.0\ntarget = [12.0, 14.0]\nlower = [8.0, 9.0]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is no TOML (Invalid value (at end of document))"),
        ("", "name is None: expected a name of at most 80 characters on one line"),
        ('name = ""', "name is '': expected a name of at most 80 characters on one line"),
        ('name = "a\\nb"', r"name is 'a\nb': expected a name of at most 80 characters on one line"),
        (f'name = "{"a" * 81}"', f"name is {'a' * 81!r}: expected a name of at most 80 characters on one line"),
        (
            'name = "x"\nadults = 1',
            "the file has an unknown 'adults': expected name, covers, adult, adolescent, child, carer",
        ),
        ('name = "x"\ncovers = 1', "covers is no table: expected [covers]"),
        ('name = "x"\n[covers]\nadult = [0, 25]', "covers has an unknown 'adult': expected nothing"),
        ('name = "x"\nadult = []', "adult has no rows: expected [[adult]] for each intake"),
        ('name = "x"\nadult = [1]', "adult has no rows: expected [[adult]] for each intake"),
        ('name = "x"\nadult = 1', "adult has no rows: expected [[adult]] for each intake"),
        (adult("intake = 1\nmedian = 2"), "adult, row 1 has an unknown 'median': expected intake, n, target, lower"),
        (
            adult("target = [1]"),
            "adult, row 1, intake is None: expected points from 0 to 40, one decimal at most",
        ),
        (adult("intake = 1"), "adult, row 1, intake 1.0, target: expected a list of points, for rating 2, 3, ..."),
        (
            adult("intake = 1\ntarget = [2]\nlower = []"),
            "adult, row 1, intake 1.0, lower: expected a list of points, for rating 2, 3, ...",
        ),
        (
            adult("intake = 1\ntarget = [2, 3]\nlower = [1]"),
            "adult, row 1, intake 1.0 has 2 targets and 1 lower lines: expected equally many",
        ),
        (adult(f"{ROW}\nn = 0"), "adult, row 1, intake 10.0, n is 0: expected the number of cases"),
        (adult(f"{ROW}\nn = true"), "adult, row 1, intake 10.0, n is True: expected the number of cases"),
        (adult(f"{ROW}\nn = 1.5"), "adult, row 1, intake 10.0, n is Decimal('1.5'): expected the number of cases"),
        (f"{adult(ROW)}[covers]\nadult = 25", "covers.adult is 25: expected the lowest and the highest intake"),
        (f"{adult(ROW)}[covers]\nadult = [25]", "covers.adult is [25]: expected the lowest and the highest intake"),
        (
            f"{adult(ROW)}[covers]\nadult = [0, 41]",
            "covers.adult is 41: expected points from 0 to 40, one decimal at most",
        ),
        (
            f"{adult(ROW)}[covers]\nadult = [10.1, 25]",
            "covers.adult is [10.1, 25.0]: expected a range in which all its intakes are",
        ),
        (
            f"{adult(ROW)}[covers]\nadult = [0, 9.9]",
            "covers.adult is [0.0, 9.9]: expected a range in which all its intakes are",
        ),
    ],
)
def test_what_isnt_understood_is_refused_with_its_place(text: str, said: str) -> None:
    assert refusal(text) == said


def refusal(text: str) -> str:
    """What is said of a file that is refused."""
    try:
        parsed(text)
    except ValueError as error:
        return str(error)
    return "it was taken"


@pytest.mark.parametrize(
    "points", ["-0.1", "40.1", "12.34", "nan", "inf", "-inf", '"12"', "true", "1e99", "1e-9999", "[]"]
)
def test_what_are_no_points_is_refused_at_its_rating(points: str) -> None:
    said = refusal(adult(f"intake = 5\ntarget = [12, {points}]\nlower = [1, 1]"))
    assert said.startswith("adult, row 1, intake 5.0, target, rating 3 is ")
    assert said.endswith(": expected points from 0 to 40, one decimal at most")


@pytest.mark.parametrize("text", ["name = 1e9999999999999999999999", f"name = {'9' * 5000}", f"name = {'[' * 5000}"])
def test_what_is_too_much_for_a_number_or_a_list_is_refused_too(text: str) -> None:
    assert refusal(text).startswith(("is no TOML (", "name is "))


def test_a_row_may_be_made_from_one_case() -> None:
    assert parsed(adult(f"{ROW}\nn = 1")).tables[RaterGroup.ADULT].rows == (Row(100, (120, 140), (80, 90), n=1),)


def test_the_ends_of_the_range_are_points() -> None:
    table = parsed(adult("intake = 0\ntarget = [0, 40]\nlower = [0.0, 0.1]")).tables[RaterGroup.ADULT]
    assert table == Trajectory((Row(0, (0, 400), (0, 1)),))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ["intake = 10\ntarget = [12, 14, 13.9]\nlower = [1, 2, 3]"],
            "adult, intake 10.0, rating 4: the target falls from 14.0 to 13.9",
        ),
        (
            ["intake = 10\ntarget = [12, 14, 14]\nlower = [3, 2.9, 4]"],
            "adult, intake 10.0, rating 3: the lower line falls from 3.0 to 2.9",
        ),
        (
            ["intake = 10\ntarget = [9.9, 14]\nlower = [3, 3]"],
            "adult, intake 10.0, rating 2: the target falls to 9.9, which is below the intake",
        ),
        (
            ["intake = 10\ntarget = [12, 14]\nlower = [3, 14.1]"],
            "adult, intake 10.0, rating 3: the lower line 14.1 is above the target 14.0",
        ),
        (
            [ROW, "intake = 11\ntarget = [12, 13.9]\nlower = [8, 9]"],
            "adult, intake 11.0, rating 3: the target falls from 14.0 at intake 10.0 to 13.9",
        ),
        (
            [ROW, "intake = 11\ntarget = [12, 14]\nlower = [7.9, 9]"],
            "adult, intake 11.0, rating 2: the lower line falls from 8.0 at intake 10.0 to 7.9",
        ),
        ([ROW, ROW], "adult, intake 10.0 comes after intake 10.0: expected rising intakes"),
        (
            [ROW, "intake = 9\ntarget = [12, 14]\nlower = [8, 9]"],
            "adult, intake 9.0 comes after intake 10.0: expected rising intakes",
        ),
        (
            [ROW, "intake = 11\ntarget = [12, 14, 15]\nlower = [8, 9, 9]"],
            "adult, intake 11.0 has 3 ratings, and 2 at intake 10.0: expected equally many",
        ),
    ],
)
def test_a_table_that_falls_is_refused_with_group_intake_and_rating(rows: list[str], said: str) -> None:
    assert refusal(adult(*rows)) == said


def test_a_table_may_stay_level_along_ratings_and_intakes() -> None:
    parsed(
        adult("intake = 10\ntarget = [12, 12]\nlower = [12, 12]", "intake = 12\ntarget = [12, 12]\nlower = [12, 12]")
    )


def test_the_second_table_is_looked_at_like_the_first() -> None:
    text = adult(ROW) + "[[carer]]\nintake = 10\ntarget = [12, 11]\nlower = [3, 3]"
    assert refusal(text) == "carer, intake 10.0, rating 3: the target falls from 12.0 to 11.0"


# The range from 0 to the cutoff


def of(lowest: int, highest: int, covers: tuple[int, int] | None = None) -> Trajectories:
    rows = tuple(Row(each, (400,), (0,)) for each in (lowest, highest))
    return Trajectories("x", {RaterGroup.ADULT: Trajectory(rows, covers)})


def test_a_table_from_0_to_the_cutoff_needs_to_say_nothing() -> None:
    for made in (of(0, 249), of(0, 250), of(0, 400)):
        must_cover(made, ICCE)
    must_cover(of(0, 250), PCOMS)
    must_cover(of(0, 400), replace(PCOMS, outcome=by_age(adult=400, adolescent=280, child=280)))


@pytest.mark.parametrize(("lowest", "highest"), [(1, 250), (0, 248), (100, 200)])
def test_one_that_covers_less_must_say_what_it_is_for(lowest: int, highest: int) -> None:
    with pytest.raises(ValueError, match="adult"):
        must_cover(of(lowest, highest), ICCE)
    must_cover(of(lowest, highest, (lowest, highest)), ICCE)


def test_it_is_said_what_to_write() -> None:
    with pytest.raises(ValueError, match="adult") as refused:
        must_cover(of(0, 249), PCOMS)
    assert str(refused.value) == (
        "adult: has intakes from 0.0 to 24.9, and not from 0.0 to the cutoff 25.0: "
        "add them, or say what it is for: [covers] adult = [0.0, 24.9]"
    )


def test_a_file_is_checked_whole_and_then_beside_the_profile() -> None:
    assert checked(FILE, ICCE) == READ
    with pytest.raises(ValueError, match="unknown 'adults'"):
        checked(f"{FILE}\n[[adults]]", ICCE)
    with pytest.raises(ValueError, match=r"not from 0\.0 to the cutoff 25\.0"):
        checked(FILE.replace("25.0", "24.9"), PCOMS)


def test_where_a_profile_draws_no_cutoff_there_is_nothing_to_cover() -> None:
    must_cover(of(100, 200), replace(ICCE, outcome={AgeBand.CHILD: 320}))
