"""Blank forms as files: one per body, as a workbook or as text."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from engine.model.form import Blank, BlankForm
from engine.report.formwords import FormWords, baseline_text
from engine.report.words import Words

FORMATS = ("xlsx", "yaml", "csv")

#: What no file system takes in a name, or what a shell or a reader would stumble over.
_UNSAFE = re.compile(r'[\x00-\x20\x7f/\\:*?"<>|]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')

_COLUMNS = ("organization", "indicator", "value", "unit", "period", "part", "member", "baseline", "note", "evidence")


def form_files(forms: Sequence[BlankForm], words: Words, form: str) -> Mapping[str, str | bytes]:
    """The files of all forms by name; two bodies never share one."""
    files: dict[str, str | bytes] = {}
    for blank in forms:
        if form == "xlsx":
            # Imported here: the writer of workbooks is heavy, and no other form needs it.
            from engine.report.formbook import form_workbook

            content: str | bytes = form_workbook(blank, words)
        else:
            content = form_yaml(blank, words) if form == "yaml" else form_csv(blank, words)
        files[_free_name(f"{blank.stamp.period}-{safe_name(blank.stamp.organization)}", form, files)] = content
    return files


def safe_name(name: str) -> str:
    """A name that can stand in a file's name: without path characters, control characters or a leading point."""
    return _UNSAFE.sub("_", name).strip("._ ")[:80] or "_"


def _free_name(stem: str, ending: str, taken: Mapping[str, object]) -> str:
    # Some file systems take A and a for the same.
    folded = {name.casefold() for name in taken}
    name, count = f"{stem}.{ending}", 1
    while name.casefold() in folded:
        count += 1
        name = f"{stem}-{count}.{ending}"
    return name


def form_yaml(form: BlankForm, words: Words) -> str:
    """A form in YAML: every figure is a remark until its `#` is taken off."""
    said = FormWords(words)
    lines = [
        f"# {form.stamp.text}",
        *(f"# {line}" for line in _introduction(form, said)),
        f"organization: {_quoted(form.stamp.organization)}",
        f"period: {form.stamp.period}",
        "figures:",
    ]
    done: set[tuple[str, str, str]] = set()
    for item in form.items:
        obligation = item.limited.obligation
        blanks = [blank for blank in item.blanks if blank.key not in done]
        done.update(blank.key for blank in blanks)
        due, last = (
            said.due(item, item.blanks[0].baseline),
            "；".join(said.last(blank.last) for blank in item.blanks if blank.last),
        )
        lines.append(f"  # {obligation.rule.clause} {_one_line(item.quote)}")
        lines.append(f"  # {said.heading('due')} {due or '-'}；{said.heading('last')} {last or '-'}")
        if blanks:
            lines.append(f"  # {obligation.indicator.id}: {_yaml_figure(blanks)}  # {obligation.indicator.name}")
    return "\n".join(lines) + "\n"


def _yaml_figure(blanks: Sequence[Blank]) -> str:
    """What is to be written for one indicator, the numbers left open as ___."""
    members = list(dict.fromkeys(blank.member for blank in blanks))
    if members != [""]:
        inner = (f"{_quoted(name)}: {_yaml_figure_of(blanks, name)}" for name in members)
        return f"{{members: {{{', '.join(inner)}}}}}"
    return _yaml_figure_of(blanks, "")


def _yaml_figure_of(blanks: Sequence[Blank], member: str) -> str:
    own = {blank.part: blank for blank in blanks if blank.member == member}
    if "stage" in own:
        return "{stage: ___}"
    if "done" in own:
        inner = (f"{part}: ___ {blank.unit.symbol}" for part, blank in own.items() if blank.unit)
        return f"{{{', '.join(inner)}}}"
    plain = own[""]
    symbol = plain.unit.symbol if plain.unit else ""
    if plain.asks_baseline:
        return f"{{value: ___ {symbol}, baseline: {baseline_text(plain) or '___'} {symbol}}}"
    return f"___ {symbol}" if member else f"{{value: ___ {symbol}, evidence: [], note: ''}}"


def form_csv(form: BlankForm, words: Words) -> str:
    """A form in CSV: every row is a remark until its `#` is taken off."""
    said = FormWords(words)
    buffer = io.StringIO()
    buffer.write(f"# {form.stamp.text}\n")
    for line in _introduction(form, said):
        buffer.write(f"# {line}\n")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    done: set[tuple[str, str, str]] = set()
    for item in form.items:
        for blank in item.blanks:
            if blank.key in done:
                continue
            done.add(blank.key)
            symbol = blank.unit.symbol if blank.unit else ""
            baseline = f"___ {symbol}" if blank.asks_baseline else ""
            writer.writerow(
                [f"#{form.stamp.organization}", blank.name, "", symbol, form.stamp.period, blank.part, blank.member,
                 baseline, "", ""]
            )  # fmt: skip
    return buffer.getvalue()


def _introduction(form: BlankForm, words: FormWords) -> Sequence[str]:
    return (
        words.title(form),
        words.whose(form),
        words.words.said(
            "Take the # off the lines that you report, and put the number in its place.",
        ),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A word as YAML, in quotes where it could be read as something else."""
    return text if re.fullmatch(r"[^\W\d][\w-]*", text) else "'" + text.replace("'", "''") + "'"
