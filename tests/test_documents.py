"""The documents say what there is: settings, commands, make targets and the words of the glossary."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.config import SETTINGS
from bot.domain.profiles import ICCE
from bot.domain.trajectories import Expected, RaterGroup
from bot.domain.trajectory_files import checked

ROOT = Path(__file__).parent.parent
STAGE = ROOT / "tests" / "stage.py"
PYTHON = [STAGE, *(file for room in ("bot", "storage", "locales") for file in (ROOT / room).rglob("*.py"))]
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> list[str]:
    """The commands of `python -m bot`."""
    (found,) = (each for each in cli._parser()._actions if isinstance(each, argparse._SubParsersAction))
    return list(found.choices)


def targets() -> dict[str, str]:
    """The targets of the Makefile that people call, with what `make help` says of each."""
    phony = next(line for line in document("Makefile").splitlines() if line.startswith(".PHONY:"))
    said = dict(re.findall(r"^([a-z]+):.*?## (.+)$", document("Makefile"), re.MULTILINE))
    return {name: said.get(name, "") for name in phony.split()[1:]}


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in document("README.md")


def test_the_readme_names_no_setting_that_there_is_not() -> None:
    """What looks like one: capitals with an underscore in code marks."""
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", document("README.md")))
    assert named - {setting.name for setting in SETTINGS} - {"NAME_FILE"} == set()


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"python -m bot {name}\b|`{name}`", document("README.md"))


def test_the_readme_calls_no_command_that_there_is_not() -> None:
    called = set(re.findall(r"(?:python -m bot|kuulolla) ([a-z]+)\b", document("README.md")))
    assert called - set(commands()) == set()


@pytest.mark.parametrize("name", targets())
def test_every_target_says_in_the_help_what_it_does(name: str) -> None:
    assert targets()[name]


@pytest.mark.parametrize("name", targets())
def test_every_target_is_named_where_people_look(name: str) -> None:
    assert name == "help" or f"make {name}" in document("README.md") + document("CONTRIBUTING.md")


def test_the_documents_name_no_target_that_there_is_not() -> None:
    said = "".join(document(name) for name in ("README.md", "CONTRIBUTING.md"))
    assert set(re.findall(r"`make ([a-z]+)", said)) - set(targets()) == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md", "GLOSSARY.md"])
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("line", document("Procfile").splitlines())
def test_every_line_of_the_procfile_is_a_command(line: str) -> None:
    called = re.fullmatch(r"[a-z]+: python -m bot ([a-z]+)", line)
    assert called is not None
    assert called[1] in commands()


def test_the_trajectory_that_is_shown_as_an_example_is_one_that_is_taken() -> None:
    (example,) = re.findall(r'```toml\n(name = "[^`]*\[covers\][^`]*)```', document("docs/measures.md"))
    table = checked(example, ICCE).tables[RaterGroup.ADULT]
    assert table.expected(150, 2) == Expected(target=173, lower=125)


# The glossary


def rows() -> Iterator[tuple[str, str]]:
    """Each word of the glossary, with what stands under *In code*."""
    for line in document("GLOSSARY.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 5 and cells[0] not in ("Word", "---"):
            yield cells[0], cells[2]


def names_of_the_code() -> frozenset[str]:
    """Every identifier that the code uses: names, arguments, modules, settings, the words of its strings."""
    found = {setting.name for setting in SETTINGS}
    found |= {part for file in PYTHON for part in file.with_suffix("").relative_to(ROOT).parts}
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found |= _names(node)
    return frozenset(found)


def _names(node: ast.AST) -> set[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            return {name}
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.Constant(value=str(text)) if len(text) < 40:
            return set(IDENTIFIER.findall(text))
    return set()


def test_the_glossary_has_words() -> None:
    assert len(list(rows())) > 40


def test_no_word_of_the_glossary_is_there_twice() -> None:
    words = [word for word, _ in rows()]
    assert sorted(words) == sorted(set(words))


def test_what_the_glossary_names_in_code_is_in_the_code() -> None:
    """In code marks: an identifier, one with its module or class, a file, a command of make or of the chat."""
    known = names_of_the_code()
    named = [(word, name) for word, cell in rows() for name in re.findall(r"`([^`]+)`", cell)]
    assert [f"{word}: {name}" for word, name in named if not _is_there(name, known)] == []


def _is_there(named: str, known: frozenset[str]) -> bool:
    if named.startswith("make "):
        return named.removeprefix("make ") in targets()
    if "/" in named.strip("/"):
        return any(ROOT.glob(named.strip("/")))
    if named.endswith((".toml", ".py", ".po")):
        return any(ROOT.glob(f"bot/**/{named}"))
    parts = [part for part in re.split(r"[.\s]+", named.strip("/")) if part not in ("", "…")]
    return all(part in known or part.isdigit() for part in parts)
