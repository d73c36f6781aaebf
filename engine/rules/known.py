"""The files of a book as of a day: amendments, waivers and rules that were written down later are cut out."""

from collections.abc import Mapping
from datetime import date

from engine.known import DATED, cut_entries, entries_of, is_later, text_as_of
from engine.yamlsource import read_yaml

_MARK = b"\xef\xbb\xbf"


def contents_as_of(contents: Mapping[str, bytes], day: date) -> dict[str, bytes]:
    """The files of a book, by path, as they were on a day.

    A file of which no entry remains was not there; nor were the quotas of a rule that was not there. What is no
    UTF-8 stays as it is.
    """
    known: dict[str, bytes] = {}
    later: set[str] = set()
    for name, content in contents.items():
        then: bytes | None = content
        if not _is_text(content):
            pass
        elif name in DATED and b"date" in content:
            text, remains = text_as_of(_decode(content), name, day)
            then = _encode(text, content) if remains else None
        elif name.startswith("rules/") and b"added" in content:
            then = _rules_as_of(content, day, later)
        if then is not None:
            known[name] = then
    return {name: content for name, content in known.items() if not (later and _is_of(name, content, later))}


def _rules_as_of(content: bytes, day: date, later: set[str]) -> bytes | None:
    """A file without its later rules, their cases and the indicators that only they use; None where none remains."""
    text = _decode(content)
    rules = entries_of(text, "rules")
    gone = [place for place, rule in enumerate(rules) if is_later(rule, "added", day)]
    if not gone:
        return content
    names = {node.text for place in gone if (node := rules[place].get("id"))}
    later |= names
    if len(gone) == len(rules):
        return None
    used = [{node.text for key in ("indicator", "partner") if (node := rule.get(key))} for rule in rules]
    gone_with = set().union(*(used[place] for place in gone))
    for place, indicators in enumerate(used):
        if place not in gone:
            gone_with -= indicators
    text = cut_entries(text, "rules", gone)
    for key, word, unwanted in (("indicators", "id", gone_with), ("cases", "rule", names)):
        entries = entries_of(text, key)
        places = [place for place, entry in enumerate(entries) if (n := entry.get(word)) and n.text in unwanted]
        text = cut_entries(text, key, places, whole=True)
    return _encode(text, content)


def _is_of(name: str, content: bytes, rules: set[str]) -> bool:
    """Whether a file holds the quotas of one of these rules."""
    if not name.startswith("allocations/") or not _is_text(content):
        return False
    root, _ = read_yaml(_decode(content), name)
    rule = root.get("rule") if root else None
    return rule is not None and rule.text in rules


def _is_text(content: bytes) -> bool:
    try:
        _decode(content)
    except UnicodeDecodeError:
        return False
    return True


def _decode(content: bytes) -> str:
    return content.removeprefix(_MARK).decode()


def _encode(text: str, content: bytes) -> bytes:
    """The text as bytes, with the mark with which the file began."""
    return (_MARK if content.startswith(_MARK) else b"") + text.encode()
