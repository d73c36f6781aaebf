"""Keeps the catalogues in engine/locale/ in step with the source: docs/translating.md says how they are used.

`python docs/catalogues.py` names what is out of step, `python docs/catalogues.py --write` mends what a program can:
it collects the English words, adds new ones to the Chinese catalogue, takes out those that nothing says any more,
makes the Simplified catalogue from the Traditional one, and compiles both. `--click` first collects what the library
click says in the version that is installed.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent

# The script also runs where the package is not installed.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


from cli import cli  # noqa: E402
from commands.shared.speech import Group, paragraphs  # noqa: E402
from engine.catalogues import DOMAIN, LOCALE  # noqa: E402
from engine.names import to_simplified  # noqa: E402

#: Where words of the program stand.
SOURCES = ("cli.py", "commands/**/*.py", "biaochi/**/*.py", "engine/**/*.py")

#: Methods and functions whose first argument is said; a second text argument tells alike words apart.
_SAYING = frozenset({"said", "refusal", "BiaochiError"})

_WIDE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_PLACE = re.compile(r"\{(\w*)(?:!r)?\}")


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A wording: the key that tells it apart (may be empty), the English, and its plural where it has one."""

    key: str
    english: str
    plural: str = ""


class Unsaid(Exception):
    """The source says something that no catalogue can hold."""


# --- collecting ------------------------------------------------------------------------------------------------


def words_of_source(text: str, name: str) -> Iterator[Word]:
    """The words that a module says.

    >>> [*words_of_source('words.said("not due", "short"); said("a" if x else "b")', "x.py")]
    [Word(key='short', english='not due'), Word(key='', english='a'), Word(key='', english='b')]
    """
    tree = ast.parse(text)
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from _table(node, constants)
        elif isinstance(node, ast.Call):
            yield from _call(node, name)


def _table(node: ast.AnnAssign, constants: Mapping[str, str]) -> Iterator[Word]:
    kind = ast.unparse(node.annotation)
    value = node.value
    if kind.startswith("Sayings[") and isinstance(value, ast.Dict):
        for key, said in zip(value.keys, value.values, strict=True):
            yield Word(_text(key), _text(said) or _lost(said, kind))
    elif kind == "Phrases" and isinstance(value, ast.Tuple):
        for said in value.elts:
            yield Word("", _text(said) or _lost(said, kind))
    elif kind == "dict[str, Code]" and isinstance(value, ast.Dict):
        for key, made in zip(value.keys, value.values, strict=True):
            assert isinstance(made, ast.Call)
            for half in made.args[-2:]:
                english = constants[half.id] if isinstance(half, ast.Name) else _text(half) or _lost(half, kind)
                yield Word(_text(key), english)


def _call(node: ast.Call, name: str) -> Iterator[Word]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in _SAYING or not node.args:
        return
    # The first argument of an exception is its code, as stable as those of findings.
    given = node.args[1:] if called == "BiaochiError" else node.args
    wordings, keys = _texts(given[0]), _texts(given[1]) if len(given) > 1 else [""]
    if any(isinstance(each, ast.JoinedStr) and not _WIDE.search(ast.unparse(each)) for each in given):
        raise Unsaid(f"{name}:{node.lineno}: an f-string cannot be translated; write braces, and name what fills them")
    if wordings and not keys:
        raise Unsaid(f"{name}:{node.lineno}: the key of {wordings[0]!r} has to stand beside it")
    for english in wordings:
        if any(map(_WIDE.search, keys)):
            raise Unsaid(f"{name}:{node.lineno}: Chinese belongs into the catalogue: {english!r}")
        if not _WIDE.search(english):
            yield from (Word(key, english) for key in keys)


def _texts(node: ast.expr | None) -> list[str]:
    """The texts that an expression can be: one, or both of a choice; none where it is looked up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    return []


def _text(node: ast.expr | None) -> str:
    """The text that an expression is; empty where it is none."""
    return next(iter(_texts(node)), "")


def _lost(node: ast.AST, kind: str) -> NoReturn:
    raise Unsaid(f"{ast.unparse(node)} in a table of {kind} is no text")


def words_of_helps(command: click.Command) -> Iterator[Word]:
    """The help of a command, of its options, and of the commands below it."""
    helps = [command.help, *(getattr(param, "help", None) for param in command.params)]
    yield from (Word("", paragraphs(each)) for each in helps if each)
    if isinstance(command, Group):
        for below in command.members().values():
            yield from words_of_helps(below)


def words_of_click() -> set[Word]:
    """What the library says that reads the command line, as it is installed here."""
    home = Path(click.__file__).parent
    keywords = {"_": None, "ngettext": (1, 2)}
    found = {message for _, _, message, _, _ in extract_from_dir(home, [("**.py", "python")], keywords=keywords)}
    # A single letter is an example in a comment of theirs.
    return {Word("", *((each,) if isinstance(each, str) else each)) for each in found if len(each) > 1}


def words_in(catalog: Catalog) -> set[Word]:
    """All words of a catalogue."""
    return {
        Word(each.context or "", *((each.id,) if isinstance(each.id, str) else each.id)) for each in catalog if each.id
    }


def collected() -> dict[Word, list[str]]:
    """Every wording of the program, and the files in which it is said."""
    found: dict[Word, list[str]] = {}
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        name = path.relative_to(ROOT).as_posix()
        for word in words_of_source(path.read_text(encoding="utf-8"), name):
            found.setdefault(word, []).append(name)
    for word in words_of_helps(cli):
        found.setdefault(word, []).append("commands")
    for word in words_in(read(CLICK)):
        found.setdefault(word, []).append("click")
    return found


# --- catalogues ------------------------------------------------------------------------------------------------


class _Undated(Catalog):  # type: ignore[misc]
    """A catalogue without days and names: the same words give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        headers = [
            ("Project-Id-Version", DOMAIN),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
        if self.locale_identifier:
            headers += [("Language", str(self.locale_identifier)), ("Plural-Forms", "nplurals=1; plural=0;")]
        return headers

    @property
    def header_comment(self) -> str:
        return "# Words of the program; docs/translating.md says how they are changed."


def place(language: str, ending: str = "po") -> Path:
    """Where the catalogue of a language lies, as `zh_Hant`."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def read(path: Path) -> Catalog:
    """A catalogue as it is; an empty one where there is no file."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def said_in(catalog: Catalog, word: Word) -> str:
    """What a catalogue holds for a wording; empty where it holds nothing."""
    message = catalog.get(word.english, word.key or None)
    if not message:
        return ""
    return str((message.string if isinstance(message.string, str) else message.string[0]) or "")


def made(words: Mapping[Word, Sequence[str]], language: str, said: Mapping[Word, str]) -> Catalog:
    """A catalogue of these words."""
    catalog = _Undated(locale=language or None, fuzzy=False)
    for word, files in sorted(words.items()):
        places = [(file, 0) for file in sorted(set(files))]
        wording = (word.english, word.plural) if word.plural else word.english
        # Chinese has no plural: one form stands for both.
        chinese = (said.get(word, ""),) if word.plural and language else said.get(word, "")
        catalog.add(wording, chinese, places, context=word.key or None)
    return catalog


def po(catalog: Catalog) -> bytes:
    """The text of a catalogue."""
    file = io.BytesIO()
    write_po(file, catalog, width=118, include_lineno=False)
    return file.getvalue()


def mo(catalog: Catalog) -> bytes:
    """The compiled form, which the program reads."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def renewed() -> dict[Path, bytes]:
    """Every file of the catalogues as it should be."""
    words = collected()
    source, chosen = read(place("zh_Hant")), read(OVERRIDES)
    traditional = {word: said_in(source, word) for word in words}
    simplified = {word: said_in(chosen, word) or to_simplified(traditional[word]) for word in words}
    kept = {word: files for word, files in words.items() if said_in(chosen, word)}
    hant, hans = made(words, "zh_Hant", traditional), made(words, "zh_Hans", simplified)
    return {
        LOCALE / f"{DOMAIN}.pot": po(made(words, "", {})),
        place("zh_Hant"): po(hant),
        OVERRIDES: po(made(kept, "zh_Hans", {word: said_in(chosen, word) for word in kept})),
        place("zh_Hans"): po(hans),
        place("zh_Hant", "mo"): mo(hant),
        place("zh_Hans", "mo"): mo(hans),
    }


#: What click says; versions differ, and none is taken out.
CLICK = LOCALE / "click.pot"

#: Simplified wordings that are not what OpenCC makes of the Traditional ones.
OVERRIDES = LOCALE / "zh_Hans.overrides.po"


def complaints() -> list[str]:
    """What is out of step, and what only a person can mend."""
    found = [f"{path.relative_to(ROOT)} is not up to date" for path, data in renewed().items() if _differs(path, data)]
    for language in ("zh_Hant", "zh_Hans"):
        found += [f"{language}: {complaint}" for complaint in untranslated(read(place(language)))]
    return found


def untranslated(catalog: Catalog) -> list[str]:
    """Words without a translation, in doubt, or with other braces than the English has."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        if not message.string or message.string == ("",):
            found.append(f"no words for {message.id!r}")
        elif message.fuzzy:
            found.append(f"in doubt: {message.id!r}")
        # A library's own English words ({problem}) need not stand in a Chinese sentence.
        elif (_places(message.string) ^ _places(message.id)) - {"problem"}:
            found.append(f"{message.string!r} has other braces than {message.id!r}")
    found += [f"nothing says {message.id!r} any more" for message in catalog.obsolete.values()]
    return found


def _places(text: str | Sequence[str]) -> set[str]:
    # Of two English forms the plural has all braces.
    return set(_PLACE.findall(text if isinstance(text, str) else text[-1]))


def _differs(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() != data


def main(arguments: Sequence[str]) -> int:
    """Mend what can be mended where that is wanted, and name the rest."""
    if "--click" in arguments:
        known = words_in(read(CLICK)) | words_of_click()
        CLICK.write_bytes(po(made({word: ["click"] for word in known}, "", {})))
    if "--write" in arguments:
        for path, data in renewed().items():
            if _differs(path, data):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                print(f"renewed: {path.relative_to(ROOT)}")
    found = complaints()
    print("\n".join(found) or "The catalogues hold every word.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
