"""Keep the catalogues in step with the code: `python -m locales.texts` writes them, with `--check` it only complains.

`messages` is collected from what the code says: `say("...")`, `say.plural("...", "...", n)`, `say.within("button",
"...")` and `later("...")`. `instruments` has the keys that bot.domain.instruments lists. New entries are empty until
somebody translates them, except for the English messages, which are the code's own. Nothing in a catalogue changes with
the day, the machine or a line number. A text said inside an f-string would not be collected, so that is complained of.
"""

import argparse
import ast
import io
import string
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, TypeGuard

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.domain import instruments

ROOT: Final = Path(__file__).resolve().parent.parent
CODES: Final = ("fi", "sv", "en")
KEYWORDS: Final = {"say": None, "plural": (1, 2), "within": ((1, "c"), 2), "later": None}
WIDTH: Final = 110
# What Telegram's HTML knows; anything else is not markup but a mistake.
TAGS: Final = {"b", "i", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"}

_Id = str | tuple[str, ...] | list[str]


def main() -> int:
    """Exit status 0 where all is complete, 1 with a line for each complaint where it isn't."""
    options = argparse.ArgumentParser(
        prog="python -m locales.texts", description="Keep the catalogues in step with the code."
    )
    options.add_argument("--check", action="store_true", help="change nothing, only say what is missing or wrong")
    if not options.parse_args().check:
        write(ROOT / "locales", templates(ROOT / "bot", instruments.keys()))
    found = [*hidden(ROOT / "bot"), *complaints(ROOT / "locales", templates(ROOT / "bot", instruments.keys()))]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def templates(code: Path, keys: Iterable[str]) -> dict[str, Catalog]:
    """What must be in the catalogues, by their name."""
    return {"messages": _messages(code), "instruments": _instruments(keys)}


def _messages(code: Path) -> Catalog:
    found = extract_from_dir(str(code), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    said = [(text, comments, context) for _file, _line, text, comments, context in found]
    catalog = Catalog(charset="utf-8")
    for text, comments, context in sorted(said, key=lambda each: (_first(each[0]), each[2] or "")):
        catalog.add(text, auto_comments=comments, context=context)
    return catalog


def _first(text: _Id) -> str:
    return text if isinstance(text, str) else text[0]


def _instruments(keys: Iterable[str]) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for key in keys:
        catalog.add(key)
    return catalog


def hidden(code: Path) -> Iterator[str]:
    """A line for each text said inside an f-string: Python 3.11 reads that as one word, and nothing is collected."""
    for module in sorted(code.rglob("*.py")):
        place = module.relative_to(code.parent).as_posix()
        for line in sorted(_said_in_fstrings(ast.parse(module.read_text(encoding="utf-8")))):
            yield f"{place}:{line}: a text is said inside an f-string; give it a name before"


def _said_in_fstrings(tree: ast.Module) -> set[int]:
    """The line numbers of such calls."""
    fstrings = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return {node.lineno for fstring in fstrings for node in ast.walk(fstring) if _says(node)}


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    """Is it a call such as `say(...)`, `self.say(...)`, `say.plural(...)` or `later(...)`?"""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in KEYWORDS


def write(folder: Path, wanted: dict[str, Catalog]) -> None:
    """Write every template and bring every catalogue in step with it."""
    folder.mkdir(exist_ok=True)
    for name, template in wanted.items():
        (folder / f"{name}.pot").write_text(_written(template, None), encoding="utf-8")
        for code in CODES:
            po = _po(folder, name, code)
            po.parent.mkdir(parents=True, exist_ok=True)
            po.write_text(_written(_in_step(po, template, name, code), code), encoding="utf-8")


def _po(folder: Path, name: str, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / f"{name}.po"


def _in_step(po: Path, template: Catalog, name: str, code: str) -> Catalog:
    known, stepped = _read(po, code), Catalog(locale=code, charset="utf-8")
    for wanted in _entries(template):
        old = known.get(wanted.id, wanted.context)
        kept = old.string if old is not None and not old.fuzzy and _is_plural(old.id) == _is_plural(wanted.id) else ""
        said = wanted.id if (name, code) == ("messages", "en") else kept
        notes = old.user_comments if old is not None else ()
        stepped.add(wanted.id, said, auto_comments=wanted.auto_comments, user_comments=notes, context=wanted.context)
    return stepped


def _is_plural(text: _Id) -> bool:
    return not isinstance(text, str)


def _read(po: Path, code: str) -> Catalog:
    if not po.exists():
        return Catalog(locale=code)
    return read_po(io.BytesIO(po.read_bytes()), locale=code, abort_invalid=True)


def _entries(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _written(catalog: Catalog, code: str | None) -> str:
    body = io.BytesIO()
    write_po(body, catalog, width=WIDTH, no_location=True, omit_header=True, ignore_obsolete=True)
    return _header(catalog, code) + body.getvalue().decode("utf-8").strip("\n") + "\n"


def _header(catalog: Catalog, code: str | None) -> str:
    facts = ["Project-Id-Version: kuulolla", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]
    facts += ["Content-Transfer-Encoding: 8bit"]
    facts += [f"Language: {code}", f"Plural-Forms: {catalog.plural_forms}"] if code else []
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{fact}\\n"\n' for fact in facts) + "\n"


def complaints(folder: Path, wanted: dict[str, Catalog]) -> Iterator[str]:
    """A line for each thing that is missing, left over or wrong; none where all is said in every language."""
    for name, template in wanted.items():
        pot = folder / f"{name}.pot"
        if not pot.exists() or pot.read_text(encoding="utf-8") != _written(template, None):
            yield f"{name}.pot is not in step with the code: run `make texts`"
        for code in CODES:
            yield from (f"{code}/{name}.po: {wrong}" for wrong in _complaints(_po(folder, name, code), template, code))


def _complaints(po: Path, template: Catalog, code: str) -> Iterator[str]:
    try:
        catalog = _read(po, code)
    except PoFileError as error:
        yield f"can't be read: {error}"
        return
    wanted, present = _by_key(template), _by_key(catalog)
    yield from (f"{_named(wanted[key])} is missing: run `make texts`" for key in wanted if key not in present)
    yield from (f"{_named(present[key])} is said nowhere: run `make texts`" for key in present if key not in wanted)
    yield from (f"{_named(message)} is no longer used: run `make texts`" for message in catalog.obsolete.values())
    for key in (key for key in wanted if key in present):
        yield from (f"{_named(present[key])} {wrong}" for wrong in _faults(present[key], catalog.num_plurals))


def _by_key(catalog: Catalog) -> dict[tuple[object, str | None], Message]:
    return {(message.id, message.context): message for message in _entries(catalog)}


def _named(message: Message) -> str:
    return repr(_first(message.id)) + (f" within {message.context!r}" if message.context else "")


def _faults(message: Message, forms: int) -> Iterator[str]:
    """What is wrong with one translation."""
    plural = _is_plural(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(said) or len(said) != (forms if plural else 1):
        yield "is not translated"
        return
    for text in said:
        yield from _differences(message.id[1] if plural else str(message.id), text, {"n"} if plural else set())


def _differences(model: str, text: str, given: set[str]) -> Iterator[str]:
    """Facts, tags and outer white space must be those that the code says; {n} may be left out of a plural."""
    try:
        if _facts(text) | given != _facts(model) | given:
            yield f"has other facts in braces: {text!r}"
    except ValueError:
        yield f"has a brace that fits nothing: {text!r}"
    try:
        if _tags(text) != _tags(model):
            yield f"has other tags: {text!r}"
    except ValueError as error:
        yield f"{error}: {text!r}"
    if (text[0].isspace(), text[-1].isspace()) != (model[0].isspace(), model[-1].isspace()):
        yield f"begins or ends with another white space: {text!r}"


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _tags(text: str) -> list[str]:
    reader = _Tags()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise ValueError(f"leaves <{reader.open[-1]}> open")
    return sorted(reader.seen)


class _Tags(HTMLParser):
    """Collects the tags of a text; ValueError for one that Telegram doesn't know or that closes in the wrong place."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise ValueError(f"has the unknown tag <{tag}>")
        self.seen.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"closes </{tag}> in the wrong place")


if __name__ == "__main__":
    sys.exit(main())
