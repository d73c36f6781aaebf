"""The command line: parse, call, render, exit code. Everything else is in `engine`."""

import contextlib
import functools
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

import biaochi
from biaochi.book import require_paths
from engine import __version__
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.period import Period
from engine.model.result import DEFECT, INCOMPLETE, OBJECTIONS, OK, USAGE, exit_code, is_complete, sort_findings
from engine.names import NameIndex, fold_width
from engine.report import formats
from engine.report.words import LANGUAGES, Words
from speech import Group, language_of_run, refusal, said

if TYPE_CHECKING:
    from engine.bulk.run import BulkResult, Prepared
    from engine.model.result import CheckResult
    from engine.replay import Side
    from engine.report.read import CitedFiles

_OUTCOMES = ("pass", "at-risk", "fail", "undecided")
_COLOURS = ("auto", "always", "never")
_PATH = click.Path(path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_PARQUET = "parquet"


class _PeriodType(click.ParamType[Period]):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        period = Period.parse(str(value))
        if period is None:
            self.fail(
                said("{value} is no period; write 2025Q2, 2025H1, 2025-11 or 2025", value=repr(value)), param, ctx
            )
        return period


class _DateType(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(said("{value} is no date; write 2025-06-30", value=repr(value)), param, ctx)


_LANG = functools.partial(
    click.option, "--lang", type=click.Choice(LANGUAGES), help="Language of messages (default: from the locale)."
)
_SCREEN = (
    _LANG(),
    click.option("--color", type=click.Choice(_COLOURS), default="auto", show_default=True, help="Colours."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors; the exit code says the rest."),
    click.option("--debug", is_flag=True, help="Show the trace of a defect."),
)
_BOOK = (
    click.option("--book", "book_folder", type=_PATH, help="The book's folder (default: from here upwards)."),
    click.option("--no-cache", is_flag=True, help="Read the book anew, and keep nothing for the next run."),
)
_COMMON = (
    *_BOOK,
    click.option("-o", "--output", type=_FILE, help="Write to this file, whole or not at all."),
    *_SCREEN,
)

_Command = Callable[..., None]


def _common(command: _Command) -> _Command:
    """The options of every command that opens a book."""
    return _with(_refusing(command), _COMMON)


def _named_book(command: _Command) -> _Command:
    """The options that say which book is opened, and how."""
    return _with(command, _BOOK)


def _screen(command: _Command) -> _Command:
    """The options of every command."""
    return _with(_refusing(command), _SCREEN)


def _refusing(command: _Command) -> _Command:
    """What cannot be answered at all is a wrong command."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except biaochi.BiaochiError as error:
            raise click.UsageError(_problem(error)) from error

    return run


def _with(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def _format(names: Iterable[str]) -> Callable[[_Command], _Command]:
    """The option that chooses one of the forms in which a result can be printed."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(tuple(names)),
        default="table",
        show_default=True,
        help="Form of the output.",
    )


class _Progress:
    """A bar on a terminal while many files are read; nothing anywhere else."""

    def __init__(self, words: Words, common: Mapping[str, Any]) -> None:
        self._label = words["reading"]
        self._wanted = sys.stderr.isatty() and not common["quiet"]
        self._bar: Any = None

    def show(self, done: int, total: int) -> None:
        """`done` of `total` files were read; a few need no bar."""
        if self._bar is None and self._wanted and total >= 50:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr, show_pos=True)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.length - self._bar.pos)
            self._bar.__exit__(*problem)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="biaochi", help="Show the version and exit.")
# Also before the command; what is asked for is known before anything is parsed (speech.asked_language).
@_LANG(expose_value=False)
def cli() -> None:
    """Hold what a government promised against what was reported."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@_format((*formats.CHECK, _PARQUET))
@click.option(
    "--by",
    type=click.Choice(("organization", "clause")),
    default="organization",
    show_default=True,
    help="How the table is grouped.",
)
@click.option("--org", "organizations", multiple=True, help="Only this organization (repeatable).")
@click.option("--clause", "clauses", multiple=True, help="Only this clause, as 16 or 一(七) (repeatable).")
@click.option("--rule", "rules", multiple=True, help="Only this rule (repeatable).")
@click.option(
    "--only",
    "outcomes",
    multiple=True,
    type=click.Choice(_OUTCOMES),
    help="Only verdicts of this outcome (repeatable).",
)
@click.option("--period", type=_PeriodType(), help="The period, where neither file nor folder names one.")
@click.option("--as-of", type=_DateType(), help="Leave out what came in, was found or was decided after this day.")
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(("fail", "at-risk", "undecided", "never")),
    default=("fail",),
    show_default=True,
    help="What makes the exit code 1 (repeatable).",
)
@click.option("-o", "--output", type=_PATH, help="Write to this file, whole or not at all; Parquet also into a folder.")
@click.option(
    "--engine",
    type=click.Choice(("duckdb", "spark")),
    default="duckdb",
    show_default=True,
    help="What judges Parquet into a folder.",
)
@click.option("--master", help="Where Spark is: local[2], spark://host:port, or Spark Connect at sc://host:port.")
@click.option("--receipt", "receipt_file", type=_FILE, help="Write the receipt of the result to this file, too.")
@click.option("--after", type=_FILE, help="The result before this one in a chain, or its receipt.")
@_named_book
@_screen
def check(
    paths: tuple[Path, ...],
    form: str,
    by: str,
    organizations: tuple[str, ...],
    clauses: tuple[str, ...],
    rules: tuple[str, ...],
    outcomes: tuple[str, ...],
    period: Period | None,
    as_of: date | None,
    fail_on: tuple[str, ...],
    engine: str,
    master: str | None,
    receipt_file: Path | None,
    after: Path | None,
    **common: Any,
) -> None:
    """Judge submissions: period folders, folders of them, or single files.

    A period folder (submissions/2025Q2/) is held to everything that is due; a single file only to the bodies
    that it names. With --format parquet and a folder as OUTPUT, Parquet files of any size are judged part by part:
    a run that was stopped goes on, and what has not changed is not judged again. Exit code: 0 nothing to object,
    1 findings, 2 wrong usage, 3 some input could not be used.
    """
    require_paths(paths)
    words = Words(_language(common))
    output: Path | None = common["output"]
    if form == _PARQUET and output is None:
        raise refusal("Parquet is written to a file or into a folder: -o verdicts.parquet, or -o verdicts/")
    if form != _PARQUET and output is not None and output.is_dir():
        raise refusal("{output} is a folder; only Parquet is written into one", output=output)
    if form == _PARQUET and (receipt_file or after):
        raise refusal("Parquet has no receipt; write JSON beside it")
    if after and form != "json" and receipt_file is None:
        raise refusal("--after goes into the receipt: --format json, or --receipt FILE")
    into_folder = form == _PARQUET and output is not None and output.suffix.lower() != ".parquet"
    _refuse_engine(engine, master, into_folder)
    previous = _previous(after, words) if after else None
    book = _open_book(common["book_folder"], words, as_of=as_of)
    if into_folder and output is not None:
        options = {"--org": organizations, "--clause": clauses, "--rule": rules, "--only": outcomes, "--period": period}
        chosen = [name for name, given in options.items() if given]
        if chosen:
            raise refusal(
                "{chosen}: choose from the verdicts in {output} afterwards", chosen=", ".join(chosen), output=output
            )
        _check_bulk(book.inner, list(book.diagnostics), paths, output, as_of, fail_on, words, common, master)
    with _Progress(words, common) as progress:
        result = book.check(
            paths, period=period, as_of=as_of, organizations=organizations, clauses=clauses, rules=rules,
            outcomes=outcomes, on_file=progress.show,
        ).inner  # fmt: skip
    if form == _PARQUET:
        _deliver_verdicts(result, common)
    else:
        asked: dict[str, object] = {
            "command": "check",
            "paths": sorted(path.as_posix() for path in paths),
            "format": form,
            "by": by,
            "lang": words.language,
            "organizations": [book.find_organization(name) for name in organizations],
            "clauses": [fold_width(clause) for clause in clauses],
            "rules": list(rules),
            "only": list(outcomes),
            "period": period.label if period else None,
            "fail_on": list(fail_on),
        }
        sign_off = _sign_off(result, asked, previous) if form == "json" else None
        text = formats.CHECK[form](result, _view(words, common, paths, by=by, sign_off=sign_off))
        _deliver(text, common)
        if receipt_file:
            _deliver_receipt(text, result, asked, previous, receipt_file)
    # The result is that of the day; what came in since is said beside it.
    _tell(result.left_out, words, common, paths)
    if form in (*formats.WITHOUT_FINDINGS, _PARQUET):
        _tell(result.findings, words, common, paths)
        if not common["quiet"]:
            # A line below the rows would be one of them to whoever reads the table.
            from engine.report.table import account_lines

            click.echo("\n".join(account_lines(result.account, words)), err=True)
    sys.exit(exit_code(result, () if "never" in fail_on else fail_on))


def _previous(path: Path, words: Words) -> str:
    """The digest of the receipt of the result before this one."""
    from engine.verification import receive

    found: list[Diagnostic] = []
    received = receive(path, None, found)
    if received is None:
        _tell(found, words, {"quiet": False}, [path])
        sys.exit(INCOMPLETE)
    return received.receipt.digest


def _deliver_receipt(
    text: str, result: "CheckResult", options: Mapping[str, object], previous: str | None, path: Path
) -> None:
    """Write the receipt of a result as a document of its own; that of JSON is the one in it."""
    from engine.report.jsontext import to_json
    from engine.verification import make_receipt, own_receipt, receipt_beside

    receipt = make_receipt(result.digest, result.inputs, options, previous)
    own = own_receipt(text) if options["format"] == "json" else receipt_beside(text.encode(), receipt)
    _deliver(to_json(own), {"output": path})


def _sign_off(
    result: "CheckResult", options: Mapping[str, object], previous: str | None
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What puts the receipt of a check into its JSON."""
    from engine.verification import make_receipt, with_receipt

    receipt = make_receipt(result.digest, result.inputs, options, previous)
    return lambda document: with_receipt(document, receipt)


def _deliver_verdicts(result: "CheckResult", common: dict[str, Any]) -> None:
    """Write the verdicts of an ordinary check as Parquet."""
    from engine.bulk.single import write_verdicts

    try:
        write_verdicts(result.verdicts, common["output"])
    except OSError as error:
        raise refusal(
            "{output} cannot be written: {problem}", output=common["output"], problem=error.strerror
        ) from error


def _check_bulk(
    book: Book,
    found: list[Diagnostic],
    paths: Sequence[Path],
    folder: Path,
    as_of: date | None,
    fail_on: Sequence[str],
    words: Words,
    common: dict[str, Any],
    master: str | None,
) -> NoReturn:
    """Judge Parquet files of any size into a folder, part by part, or all at once by the Spark of that name."""
    from engine.bulk.run import prepare, run
    from engine.bulk.told import first_findings
    from engine.report.bulk import BulkTotals, bulk_text
    from engine.submissions.read import find_files

    delivery = find_files(paths, found)
    beside = [home / name for home in delivery.folders for name in ("manifest.yaml", "inspections.yaml")]
    others = [file.path for file in delivery.files if file.suffix != ".parquet"]
    others += [path for path in beside if path.exists()]
    if others:
        raise refusal(
            "{file} is no Parquet, and only Parquet is judged into a folder; write one file with "
            "-o FILE.parquet, which takes all kinds of submissions",
            file=others[0],
        )
    inputs = [path for path in paths if path.is_dir() and folder.resolve().is_relative_to(path.resolve())]
    if inputs:
        raise refusal(
            "{folder} lies in {home}, whose files are judged; write somewhere else", folder=folder, home=inputs[0]
        )
    workers = os.cpu_count() or 1
    prepared = prepare(book, delivery, found, as_of=as_of, threads=workers, cache=_cache_folder())
    _tell(found, words, common, paths)
    free = _free_space(folder)
    needed = prepared.forecast.bytes
    if master:
        from engine.spark.run import WORK_BYTES

        needed += prepared.forecast.rows * WORK_BYTES
    if not common["quiet"]:
        counts = {
            "rows": prepared.forecast.rows,
            "verdicts": prepared.forecast.verdicts,
            "tiles": prepared.forecast.tiles,
        }
        sizes = {"needed": needed // 10**6 + 1, "free": free // 10**6, "folder": folder}
        click.echo(words["bulk-forecast"].format(**counts, **sizes), err=True)
    if needed > free:
        raise refusal(
            "{folder} has {free} MB free, and about {needed} MB are needed",
            folder=folder,
            free=free // 10**6,
            needed=needed // 10**6 + 1,
        )
    try:
        with _Rate(words, common) as rate:
            if master:
                result = _run_on_spark(prepared, folder, master, rate, words, common)
            else:
                result = run(prepared, folder, workers, rate.show)
    except OSError as error:
        if error.filename is None:
            # Not what is written gives trouble, but what is read.
            click.echo(f"{click.get_current_context().command_path}: {error.strerror}", err=True)
            sys.exit(INCOMPLETE)
        raise refusal("{folder} cannot be written to: {problem}", folder=folder, problem=error.strerror) from error
    rows = {"read": result.rows, "judged": result.judged, "not_needed": result.not_needed, "refused": result.refused}
    totals = BulkTotals(result.verdicts, result.reasons, result.findings, rows, result.complete)
    if not common["quiet"]:
        first = first_findings(folder, found)
        click.echo(bulk_text(totals, words, _paint({**common, "output": None}), first), nl=False, color=True)
        into = "bulk-into-by" if master else "bulk-into"
        click.echo(words[into].format(folder=folder, kept=result.kept, tiles=result.tiles))
    objects = any(result.verdicts[name] > (result.waived_failures if name == "fail" else 0) for name in fail_on)
    sys.exit(INCOMPLETE if not result.complete else OBJECTIONS if objects or result.errors else OK)


def _refuse_engine(engine: str, master: str | None, into_folder: bool) -> None:
    """Stop where what was said of the engine does not fit together, or the engine is not installed."""
    if engine != "spark":
        if master:
            raise refusal("--master names a Spark; add --engine spark")
        return
    from engine.spark.session import is_master, missing_packages

    if not into_folder:
        raise refusal("--engine spark judges Parquet into a folder: --format parquet -o verdicts/")
    if not master:
        raise refusal("--engine spark needs --master: local[2], spark://host:port, or sc://host:port")
    if not is_master(master):
        raise refusal("{master} is no Spark; write local[2], spark://host:port, or sc://host:port", master=master)
    missing = missing_packages(master)
    if missing:
        raise refusal("{missing} not installed; pip install 'biaochi[spark]'", missing=", ".join(missing))


def _run_on_spark(
    prepared: "Prepared", folder: Path, master: str, rate: "_Rate", words: Words, common: dict[str, Any]
) -> "BulkResult":
    """Judge on Spark; an engine that cannot is told of, and nothing is changed."""
    from engine.spark.run import run
    from engine.spark.session import EngineError, open_engine

    try:
        with open_engine(master) as engine:
            return run(prepared, folder, engine, rate.show)
    except EngineError as error:
        _end([error.diagnostic], words, common)


def _free_space(folder: Path) -> int:
    """Bytes that are free where a folder is, or will be."""
    import shutil

    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free


class _Rate:
    """A bar on a terminal with rows per second and the time that is left; nothing anywhere else."""

    def __init__(self, words: Words, common: Mapping[str, Any]) -> None:
        self._words = words
        self._wanted = sys.stderr.isatty() and not common["quiet"]
        self._bar: Any = None
        self._first, self._began = 0, 0.0

    def show(self, done: int, total: int) -> None:
        """`done` of `total` rows are judged; those that were there before count as done, and not for the rate."""
        if not self._wanted:
            return
        if self._bar is None:
            self._first, self._began = done, time.monotonic()
            self._bar = click.progressbar(length=total, file=sys.stderr, show_pos=True, show_eta=True)
            self._bar.__enter__()
        seconds = time.monotonic() - self._began
        rate = int((done - self._first) / seconds) if seconds > 0 else 0
        self._bar.label = self._words["judging"].format(rate=rate)
        self._bar.update(done - self._bar.pos)

    def __enter__(self) -> "_Rate":
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*problem)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@_format(formats.RANK)
@click.option(
    "--period", type=_PeriodType(), help="The period that is ranked (default: the latest of PATHS); 2025 is the year."
)
@click.option("--as-of", type=_DateType(), help="Leave out what came in, was found or was decided after this day.")
@_common
def rank(paths: tuple[Path, ...], form: str, period: Period | None, as_of: date | None, **common: Any) -> None:
    """Scores and honest places of the groups in policy.yaml: like ranked with like, and how sure each place is.

    At the year's end the quarters beside are rolled up, and every promise of the plan is settled. Exit code: 0
    ranked, 2 wrong usage, 3 some input could not be used.
    """
    require_paths(paths)
    words = Words(_language(common))
    book = _open_book(common["book_folder"], words, as_of=as_of)
    with _Progress(words, common) as progress:
        result = book.rank(paths, period=period, as_of=as_of, on_file=progress.show).inner
    _deliver(formats.RANK[form](result, _view(words, common, paths)), common)
    if form in formats.WITHOUT_FINDINGS:
        _tell(result.findings, words, common, paths)
    sys.exit(OK if result.complete else INCOMPLETE)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=_FILE,
    help="Write to this file: .docx, .html, .md, or the annex tables as .xlsx (repeatable).",
)
@click.option("--period", type=_PeriodType(), help="The period (default: the latest of PATHS); 2025 is the year.")
@click.option("--number", default="", help="The document number: it also gives the page its red head.")
@click.option("--date", "day", type=_DateType(), help="The day of the document; without it, it is a draft.")
@click.option("--as-of", type=_DateType(), help="Leave out what came in, was found or was decided after this day.")
@_named_book
@_screen
def circular(
    paths: tuple[Path, ...],
    outputs: tuple[Path, ...],
    period: Period | None,
    number: str,
    day: date | None,
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write the ranked circular (通報) of a period in the official format, from the office's template.

    Word, HTML and Markdown hold the same words, .xlsx the tables of the annexes. The document is Chinese: --lang
    zh-Hans writes it in Simplified characters, anything else in Traditional ones. Exit code: 0 written, 2 wrong
    usage, 3 written, but some input could not be used.
    """
    from engine.publication import make_circular
    from engine.report.circular import FORMS, circular_files
    from engine.report.read import read_template
    from engine.report.write import write_bytes

    require_paths(paths)
    unknown = [str(path) for path in outputs if path.suffix.lower() not in FORMS]
    if unknown:
        raise refusal("{unknown}: the name has to end with {forms}", unknown=", ".join(unknown), forms=", ".join(FORMS))
    found: list[Diagnostic] = []
    words = Words(_language(common))
    book = _open(book_folder, found, words, as_of=as_of)
    home = Path(book.folder)
    with _Progress(words, common) as progress:
        made = make_circular(
            book, found, paths, _from_here(home / "submissions"),
            period=period, number=number, day=day, as_of=as_of, on_file=progress.show,
        )  # fmt: skip
    if made is None:
        if period is None:
            raise refusal("nothing was judged for any period of the plan")
        raise refusal("nothing was judged for {period}", period=period)
    # What the office sends out is Chinese, in whatever language it is told about.
    chinese = words if words.chinese else Words("zh-Hant")
    said: list[Diagnostic] = []
    try:
        template = read_template(home, "circular.docx")
        files = circular_files(made, template, tuple(path.suffix.lower() for path in outputs), chinese, said)
        for path in outputs:
            write_bytes(path, files[path.suffix.lower()])
    except OSError as error:
        raise refusal(
            "{file} cannot be used: {problem}", file=error.filename or outputs[0], problem=error.strerror
        ) from error
    if not common["quiet"]:
        counts = {"verdicts": len(made.result.verdicts), "lagging": len(made.lagging), "period": made.period.label}
        for path in outputs:
            click.echo(words["circular-into"].format(file=path, **counts))
    _end(sort_findings([*made.result.findings, *said]), words, {**common, "book_folder": book_folder})


@cli.command()
@_format(formats.TARGETS)
@_common
def targets(form: str, **common: Any) -> None:
    """What the plan promises, clause by clause, and which rule judges it."""
    words = Words(_language(common))
    book = _open_book(common["book_folder"], words)
    _deliver(formats.TARGETS[form](book.inner, _view(words, common)), common)
    _end(list(book.diagnostics), words, common)


@cli.group()
def explain() -> None:
    """How a verdict came about, what a rule means, or what a finding says and how to mend it."""


_EXPLAIN_FORMAT = click.option(
    "--format", "form", type=click.Choice(tuple(formats.EXPLAIN)), default="text", show_default=True,
    help="Form of the output.",
)  # fmt: skip


@explain.command("rule")
@click.argument("identifier", metavar="ID")
@_EXPLAIN_FORMAT
@_common
def explain_rule(identifier: str, form: str, **common: Any) -> None:
    """The rule ID in words: the plan's words, who is judged, what is due in each period, and its worked cases."""
    words = Words(_language(common))
    answer = _open_book(common["book_folder"], words, with_cases=True).explain_rule(identifier)
    _deliver(formats.EXPLAIN[form](answer.inner, _view(words, common)), common)
    sys.exit(OK if answer.complete else INCOMPLETE)


@explain.command("verdict")
@click.argument("rule")
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--org", "organization", required=True, help="The organization whose verdict it is.")
@click.option("--period", type=_PeriodType(), required=True, help="The period, as 2025Q2.")
@click.option("--as-of", type=_DateType(), help="Leave out what came in, was found or was decided after this day.")
@_EXPLAIN_FORMAT
@_common
def explain_verdict(
    rule: str,
    paths: tuple[Path, ...],
    organization: str,
    period: Period,
    as_of: date | None,
    form: str,
    **common: Any,
) -> None:
    """The whole derivation of the verdict of RULE on an organization: plan, figure, conversion, due, comparison.

    Without PATHS the book's own submissions/PERIOD is judged. Exit code: 0 explained, 2 wrong usage, 3 explained,
    but some input of the organization could not be used.
    """
    words = Words(_language(common))
    book = _open_book(common["book_folder"], words, as_of=as_of)
    given = paths or (_from_here(book.folder / "submissions" / period.label),)
    with _Progress(words, common) as progress:
        answer = book.explain_verdict(rule, organization, period, given, as_of=as_of, on_file=progress.show)
    _deliver(formats.EXPLAIN[form](answer.inner, _view(words, common, given)), common)
    sys.exit(OK if answer.complete else INCOMPLETE)


@explain.command("code")
@click.argument("code")
@_EXPLAIN_FORMAT
@click.option("-o", "--output", type=_FILE, help="Write to this file, whole or not at all.")
@_screen
def explain_code(code: str, form: str, **common: Any) -> None:
    """What the finding CODE means, an example of it, and the way out; no book is needed."""
    from engine.model.codes import CODES
    from engine.report.explaincodes import describe_code

    words = Words(_language(common))
    if code not in CODES:
        nearest = NameIndex({each: each for each in sorted(CODES)}).nearest(code)
        raise click.UsageError(said("there is no finding {code}", code=code) + _nearest(nearest))
    _deliver(formats.EXPLAIN[form](describe_code(code, words), _view(words, common)), common)


@cli.command()
@click.argument("period", type=_PeriodType())
@_format(formats.OBLIGATIONS)
@click.option("--org", "organizations", multiple=True, help="Only this organization (repeatable).")
@click.option("--clause", "clauses", multiple=True, help="Only this clause (repeatable).")
@click.option("--rule", "rules", multiple=True, help="Only this rule (repeatable).")
@click.option("--as-of", type=_DateType(), help="Leave out amendments and waivers dated after this day.")
@_common
def obligations(
    period: Period,
    form: str,
    organizations: tuple[str, ...],
    clauses: tuple[str, ...],
    rules: tuple[str, ...],
    as_of: date | None,
    **common: Any,
) -> None:
    """Who must report what for PERIOD, in which unit of measure, and what is due."""
    words = Words(_language(common))
    book = _open_book(common["book_folder"], words, as_of=as_of)
    owed = book.obligations(period, as_of=as_of, organizations=organizations, clauses=clauses, rules=rules)
    _deliver(formats.OBLIGATIONS[form](owed.inner, _view(words, common)), common)
    _end(list(book.diagnostics), words, common)


@cli.command()
@click.argument("period", type=_PeriodType())
@click.option(
    "-o",
    "--output",
    type=_PATH,
    required=True,
    help="Write the forms into this folder, which must be new or empty.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("xlsx", "yaml", "csv")),
    default="xlsx",
    show_default=True,
    help="Form of the forms.",
)
@click.option("--org", "organizations", multiple=True, help="Only this organization (repeatable).")
@click.option("--as-of", type=_DateType(), help="Leave out amendments and waivers dated after this day.")
@_named_book
@_screen
def form(
    period: Period,
    output: Path,
    form: str,
    organizations: tuple[str, ...],
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write blank forms for PERIOD into a folder, one per organization: only what it owes, with what is due.

    A workbook shows verdict, pace and gap while a figure is typed. Exit code: 0 written, 2 wrong usage, 3 some
    file of the book could not be used.
    """
    from engine.pipeline import make_forms
    from engine.report.forms import form_files
    from engine.report.write import write_folder

    found: list[Diagnostic] = []
    words = Words(_language(common))
    book = _open(book_folder, found, words, as_of=as_of)
    if period.year != book.plan.year:
        raise refusal(
            "the book's plan is of {year}, and {period} is not in that year", year=book.plan.year, period=period
        )
    bodies = {biaochi.Book(book).find_organization(name) for name in organizations}
    forms = make_forms(book, period, found, as_of, bodies)
    files = form_files(forms, words, form)
    if not files:
        raise refusal("nobody named owes anything for {period}", period=period)
    try:
        write_folder(output, files)
    except OSError as error:
        raise refusal("{output} cannot be written: {problem}", output=output, problem=error.strerror) from error
    if not common["quiet"]:
        click.echo(words["forms-into"].format(folder=output, files=len(files), items=sum(len(f.items) for f in forms)))
    _end(found, words, common)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_FILE, required=True, help="Write to this .html file, whole or not at all.")
@click.option("--period", type=_PeriodType(), help="The period, where neither file nor folder names one.")
@click.option("--as-of", type=_DateType(), help="Leave out what came in, was found or was decided after this day.")
@_named_book
@_screen
def report(
    paths: tuple[Path, ...],
    output: Path,
    period: Period | None,
    as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Write one self-contained page to explore what was submitted: it opens from a disk and needs no network.

    With several period folders, or the folder of them, it shows every period and the trend across them. The page
    starts in the language of --lang and switches to the others. Exit code: 0 written, 2 wrong usage, 3 written,
    but some input could not be used.
    """
    from engine.publication import check_and_rank_all
    from engine.report.page import report_page

    require_paths(paths)
    found: list[Diagnostic] = []
    words = Words(_language(common))
    book = _open(book_folder, found, words, as_of=as_of)
    with _Progress(words, common) as progress:
        result, ranks, told = check_and_rank_all(book, found, paths, period=period, as_of=as_of, on_file=progress.show)
    _deliver(report_page(result, book, words, ranks, told), {"output": output})
    if not common["quiet"]:
        bodies = {verdict.obligation.organization for verdict in result.verdicts}
        periods = {verdict.obligation.period for verdict in result.verdicts}
        counts = {"verdicts": len(result.verdicts), "bodies": len(bodies), "periods": len(periods)}
        click.echo(words["report-into"].format(file=output, **counts))
        if not result.complete:
            click.echo(words["incomplete"], err=True)
    sys.exit(OK if result.complete else INCOMPLETE)


@cli.command()
@click.argument("period", type=_PeriodType())
@click.option(
    "-o",
    "--output",
    type=_PATH,
    required=True,
    help="Write the documents into this folder, which must be new or empty.",
)
@click.option("--date", "day", type=_DateType(), help="The day of the notices: numbers them and puts them on record.")
@click.option(
    "--as-of", type=_DateType(), help="The day whose standing is told (default: --date, or the last on record)."
)
@_named_book
@_screen
def notices(
    period: Period, output: Path, day: date | None, as_of: date | None, book_folder: Path | None, **common: Any
) -> None:
    """Write supervision notices (督辦單) for PERIOD, one per organization, and the standing of all items so far.

    Word, Markdown and HTML go into a folder. With --date the notices get numbers and are put on record in the book's
    followup/; without it they are drafts. Exit code: 0 written, 2 wrong usage, 3 some input could not be used.
    """
    from engine.publication import follow_up
    from engine.report.notices import notice_files, record_files
    from engine.report.noticewords import item_words
    from engine.report.read import read_template, schema_folder
    from engine.report.write import require_free, write_folder

    found: list[Diagnostic] = []
    words = Words(_language(common))
    book = _open(book_folder, found, words, as_of=as_of)
    if period.year != book.plan.year:
        raise refusal(
            "the book's plan is of {year}, and {period} is not in that year", year=book.plan.year, period=period
        )
    # What the office sends out is Chinese, in whatever language it is told about.
    chinese = words if words.chinese else Words("zh-Hant")
    home = Path(book.folder)
    followed = follow_up(
        book,
        found,
        _from_here(home / "submissions"),
        period,
        lambda verdict: item_words(verdict, chinese, book.policy.pace_word),
        day=day,
        as_of=as_of,
    )
    if followed.issued and day is not None and any(notice.day != day for notice in followed.notices):
        raise refusal(
            "the notices of {period} are on record already, and of another day than {day}", period=period, day=day
        )
    record = home / "followup" / period.label
    recording = day is not None and not followed.issued and bool(followed.notices)
    try:
        require_free(output)
        files = notice_files(followed, read_template(home, "notice.docx"), book.policy.notices.sign, chinese, found)
        if recording:
            write_folder(record, record_files(followed.notices, schema_folder(home)))
        write_folder(output, files)
    except OSError as error:
        raise refusal(
            "{file} cannot be used: {problem}", file=error.filename or output, problem=error.strerror
        ) from error
    if not common["quiet"]:
        from engine.report.noticewords import summary_text

        click.echo(
            summary_text(followed, words, output, len(files), _from_here(record) if recording else None), nl=False
        )
    # What is wrong with the template is found once for each notice.
    _end(sort_findings(found), words, {**common, "book_folder": book_folder})


@cli.command("test")
@_format(formats.CASES)
@click.option("--clause", "clauses", multiple=True, help="Only this clause (repeatable).")
@click.option("--rule", "rules", multiple=True, help="Only this rule (repeatable).")
@click.option(
    "--threshold", type=click.IntRange(0, 100), help="The least coverage, in per cent (default: the book's own)."
)
@_common
def run_worked_cases(
    form: str, clauses: tuple[str, ...], rules: tuple[str, ...], threshold: int | None, **common: Any
) -> None:
    """Run the worked cases that stand with the rules, and say which edges and situations of the rules they try.

    Exit code: 0 all came out as expected, 1 a case failed or the coverage is below the threshold, 2 wrong usage,
    3 some file or case could not be used.
    """
    words = Words(_language(common))
    book = _open_book(common["book_folder"], words, with_cases=True)
    result = book.test(clauses=clauses, rules=rules).inner
    _deliver(formats.CASES[form](result, _view(words, common, threshold=threshold)), common)
    sys.exit(result.exit_code(threshold))


@cli.command()
@_format(formats.VALIDATE)
@click.option(
    "--plan",
    type=_PATH,
    help="The plan's own text (.txt, .docx, .html): quotes, bodies and numbers are held against it.",
)
@_common
def validate(form: str, plan: Path | None, **common: Any) -> None:
    """Show that the rules match targets.yaml, and, with --plan, that both match the plan's own text.

    Exit code: 0 everything agrees, 1 something differs, 2 wrong usage, 3 some file could not be read or used.
    """
    words = Words(_language(common))
    result = _open_book(common["book_folder"], words, with_cases=True).validate(plan).inner
    _deliver(formats.VALIDATE[form](result, _view(words, common, [plan] if plan else [])), common)
    sys.exit(result.exit_code)


@cli.command()
@click.argument("plan", type=_PATH)
@click.option("-o", "--output", type=_PATH, help="Write the new book into this folder, which must be new or empty.")
@click.option("--year", type=click.IntRange(1000, 9999), help="The plan's year, where its text names none.")
@_format(formats.DRAFT)
@_screen
def draft(plan: Path, output: Path | None, year: int | None, form: str, **common: Any) -> None:
    """Draft a new book from a plan's text (.txt, .docx, or a web page saved as .html).

    Every promise with its rule, every other number with the reason, and what is left to a person. Without -o
    nothing is written. Exit code: 0 nothing is open, 1 something is, 2 wrong usage, 3 the text could not be read.
    """
    from engine.pipeline import draft as run_draft

    found: list[Diagnostic] = []
    words = Words(_language(common))
    drafted = run_draft(plan, year, found)
    if drafted is None:
        _tell(found, words, {"quiet": False}, [plan])
        sys.exit(INCOMPLETE)
    text = formats.DRAFT[form](drafted, _view(words, common, [plan]))
    if output:
        from engine.report.newbook import book_texts
        from engine.report.write import write_folder

        texts = book_texts(drafted, words)
        try:
            write_folder(output, texts)
        except OSError as error:
            raise refusal("{output} cannot be written: {problem}", output=output, problem=error.strerror) from error
        if form == "table":
            text += words["drafted-into"].format(folder=output, files=len(texts), plan=plan) + "\n"
    _deliver(text, common)
    sys.exit(OBJECTIONS if drafted.open_items else OK)


@cli.command()
@click.argument("folder", type=_PATH)
@click.option("--year", type=click.IntRange(1000, 9999), required=True, help="The year of the plan.")
@_screen
def init(folder: Path, year: int, **common: Any) -> None:
    """Write a first book into FOLDER, which must be new or empty.

    One made-up promise with its rule, worked cases and a figure, which hold together: put your own in their place.
    Exit code: 0 written, 2 wrong usage.
    """
    from engine.report.firstbook import first_book_texts
    from engine.report.write import write_folder

    words = Words(_language(common))
    texts = first_book_texts(year, words)
    try:
        write_folder(folder, texts)
    except OSError as error:
        raise refusal("{output} cannot be written: {problem}", output=folder, problem=error.strerror) from error
    if not common["quiet"]:
        click.echo(words["init-done"].format(folder=folder, files=len(texts), period=f"{year}Q1"))


@cli.command()
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file, whole or not at all; with `all`, one file each into this folder.",
)
def schema(name: str, output: Path | None) -> None:
    """The JSON Schema of a document or of a file of a book (NAME `list` names them, `all` writes them)."""
    from engine.report.schemas import read_schema, schema_names

    names = schema_names()
    if name == "all":
        _deliver_all({f"{each}.json": read_schema(each) for each in names}, output)
        return
    if output and output.is_dir():
        raise refusal("{output} is a folder; name a file, or write all schemas with `schema all`", output=output)
    text = "\n".join(names) + "\n" if name == "list" else None
    if text is None:
        if name not in names:
            nearest = NameIndex({each: each for each in names}).nearest(name)
            raise click.UsageError(said("the book has no schema {name}", name=name) + _nearest(nearest))
        text = read_schema(name)
    _deliver(text, {"output": output, "quiet": False})


@cli.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@_format(formats.DIFF)
@click.option("--period", type=_PeriodType(), help="The period, where a side is a whole book or no folder names one.")
@click.option("--old-as-of", type=_DateType(), help="Judge OLD as of this day.")
@click.option("--new-as-of", type=_DateType(), help="Judge NEW as of this day.")
@click.option(
    "--book", "book_folder", type=_PATH, help="The book of folders of submissions (default: from here upwards)."
)
@click.option("-o", "--output", type=_FILE, help="Write to this file, whole or not at all.")
@_screen
def diff(
    old: Path,
    new: Path,
    form: str,
    period: Period | None,
    old_as_of: date | None,
    new_as_of: date | None,
    book_folder: Path | None,
    **common: Any,
) -> None:
    """Tell what changed between two checks, and because of what.

    OLD and NEW are results of `check --format json`, folders of submissions, or whole books with their submissions/.
    Of two folders every cause is proved by judging again with one input exchanged at a time. Exit code: 0 nothing
    new to object, 1 a failure or an error is new, 2 wrong usage, 3 some input could not be used.
    """
    from engine.comparison import compare_checks, compare_results
    from engine.followup.resultread import read_result
    from engine.replay import check_side

    words = Words(_language(common))
    require_paths((old,))
    require_paths((new,))
    found: list[Diagnostic] = []
    days = (old_as_of, new_as_of)
    for path, day in zip((old, new), days, strict=True):
        if day is not None and not path.is_dir():
            raise refusal("{path} is a result, and was judged as of its own day", path=path)
    checked = [
        check_side(_side(path, period, day, book_folder), words, found) if path.is_dir() else None
        for path, day in zip((old, new), days, strict=True)
    ]
    told = [
        side.told if side else None if path.is_dir() else read_result(path, found)
        for path, side in zip((old, new), checked, strict=True)
    ]
    if told[0] is None or told[1] is None:
        _tell(found, words, {**common, "book_folder": book_folder}, [old, new])
        sys.exit(INCOMPLETE)
    periods = [{row.period for row in each.rows} for each in (told[0], told[1])]
    if periods[0] and periods[1] and not periods[0] & periods[1]:
        shown = [", ".join(sorted(each)) for each in periods]
        raise refusal(
            "OLD is of {old} and NEW of {new}: two checks of the same period are compared", old=shown[0], new=shown[1]
        )
    if checked[0] is not None and checked[1] is not None:
        difference = compare_checks(checked[0], checked[1])
    else:
        difference = compare_results(told[0], told[1])
    view = _view(words, {**common, "book_folder": book_folder}, [old, new])
    _deliver(formats.DIFF[form](difference, view), common)
    sys.exit(difference.exit_code)


def _side(path: Path, period: Period | None, day: date | None, book_folder: Path | None) -> "Side":
    """A folder as one side of a comparison: a book with its own submissions, or submissions of the book named."""
    from engine.replay import Side

    name = path.as_posix()
    if (path / "targets.yaml").is_file():
        home = path / "submissions"
        given = home / period.label if period else home
        if not given.is_dir():
            raise refusal("the book {path} has no folder {given}", path=path, given=given.relative_to(path).as_posix())
        return Side(name, path, (given,), period, day)
    book = _home(book_folder)
    if book is None or not (book / "targets.yaml").is_file():
        raise _no_book(book_folder)
    return Side(name, book, (path,), period, day)


@cli.command()
@click.argument("results", nargs=-1, required=True, type=_PATH)
@click.option("--receipt", "beside", type=_FILE, help="The receipt, where it is neither in RESULT nor beside it.")
@click.option("--as-of", type=_DateType(), help="Make it again as of this day (default: the day that fits).")
@_BOOK[0]
@_screen
def verify(
    results: tuple[Path, ...], beside: Path | None, as_of: date | None, book_folder: Path | None, **common: Any
) -> None:
    """Make a result again from its inputs, and say that it is the same or in what it differs first.

    RESULT is the JSON of a check, or any other form of it with its receipt beside it. Several are a chain and named in
    their order. Run it where the check was run. Exit code: 0 the same, 1 something differs, 2 wrong usage, 3 a result
    or its receipt cannot be read.
    """
    from engine.verification import receive, verify_chain
    from engine.verification import verify as run_verify

    if beside is not None and len(results) > 1:
        raise refusal("--receipt is that of one RESULT")
    words = Words(_language(common))
    home = _home(book_folder)
    if home is None or not (home / "targets.yaml").is_file():
        raise _no_book(book_folder)
    found: list[Diagnostic] = []
    received = [each for path in results if (each := receive(path, beside, found)) is not None]
    for each in received:
        before = len(found)
        day = run_verify(each, home, Path.cwd(), found, as_of)
        same = not any(CODES[finding.code].severity is Severity.ERROR for finding in found[before:])
        if same and not common["quiet"]:
            said = words["verified"].format(file=each.name)
            click.echo(said + (words["verified-as-of"].format(day=day) if day else ""))
    if len(results) > 1 and len(received) == len(results):
        before = len(found)
        verify_chain(received, found)
        if len(found) == before and not common["quiet"]:
            click.echo(words["chain-whole"].format(count=len(received)))
    _tell(found, words, {**common, "book_folder": book_folder}, results)
    errors = any(CODES[finding.code].severity is Severity.ERROR for finding in found)
    sys.exit(INCOMPLETE if not is_complete(found) else OBJECTIONS if errors else OK)


# --- what the commands share -----------------------------------------------------------------------------------


def _language(common: dict[str, Any]) -> str:
    return str(common["lang"] or language_of_run())


def _from_here(path: Path) -> Path:
    """The path as seen from the working folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _home(folder: Path | None) -> Path | None:
    from engine.pipeline import locate_book

    return folder or locate_book(Path.cwd())


def _open(folder: Path | None, found: list[Diagnostic], words: Words, as_of: date | None = None) -> Book:
    book = _open_book(folder, words, as_of=as_of)
    found.extend(book.diagnostics)
    return book.inner


def _open_book(folder: Path | None, words: Words, with_cases: bool = False, as_of: date | None = None) -> biaochi.Book:
    home = _home(folder)
    if home is None or not (home / "targets.yaml").is_file():
        raise _no_book(folder)
    try:
        return biaochi.Book.open(home, lang=words.language, with_cases=with_cases, cache=_cache_folder(), as_of=as_of)
    except biaochi.BiaochiError as error:
        _tell(error.diagnostics, words, {"book_folder": folder, "quiet": False})
        sys.exit(INCOMPLETE)


def _cache_folder() -> Path | None:
    """Where bound books are kept between runs; None where the user wants none, or has no home."""
    if click.get_current_context().params["no_cache"]:
        return None
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) / "biaochi" / "cache" if Path(local).is_absolute() else None
    # A relative path means nothing: the XDG specification has it ignored.
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    home = stated if stated.is_absolute() else Path(os.path.expanduser("~/.cache"))
    return home / "biaochi" if home.is_absolute() else None


def _view(words: Words, common: dict[str, Any], given: Sequence[Path] = (), **wanted: Any) -> formats.View:
    """How the result is to be shown; `given` are the paths of the command line that findings may name."""
    return formats.View(words, _paint(common), _cited(common, given), **wanted)


def _cited(common: dict[str, Any], given: Sequence[Path]) -> "CitedFiles":
    from engine.pipeline import cited_files

    here = Path.cwd()
    return cited_files(_home(common.get("book_folder")) or here, given, here)


def _no_book(folder: Path | None) -> click.UsageError:
    if folder:
        return refusal("there is no book (targets.yaml) in {folder}; name its folder with --book", folder=folder)
    return refusal("there is no book (targets.yaml) here or in any folder above; name its folder with --book")


def _nearest(names: Sequence[str]) -> str:
    """The end of a refusal that names what the user may have meant."""
    return said("; the nearest are {nearest}", nearest=", ".join(names)) if names else ""


def _problem(error: biaochi.BiaochiError) -> str:
    """What the public interface refused, in the reader's language."""
    return said(error.wording, **error.params) + _nearest(error.nearest)


def _paint(common: dict[str, Any]) -> Callable[[str, str], str]:
    if common["color"] == "never" or common.get("output"):
        return _plain
    if common["color"] == "auto" and (not sys.stdout.isatty() or os.environ.get("NO_COLOR")):
        return _plain
    return _coloured


def _plain(text: str, style: str) -> str:
    return text


def _coloured(text: str, style: str) -> str:
    return click.style(text, bold=True) if style == "bold" else click.style(text, fg=style)


def _deliver(text: str, common: dict[str, Any]) -> None:
    if common.get("output"):
        from engine.report.write import write_text

        try:
            write_text(common["output"], text)
        except OSError as error:
            raise refusal(
                "{output} cannot be written: {problem}", output=common["output"], problem=error.strerror
            ) from error
    elif not common["quiet"]:
        # Colours were decided before; click must not strip them again where --color always asked for them.
        click.echo(text, nl=False, color=True)


def _deliver_all(texts: dict[str, str], folder: Path | None) -> None:
    from engine.report.write import make_folder

    if folder is None:
        raise refusal("name the folder into which all of them are written: -o DIR")
    try:
        make_folder(folder)
    except OSError as error:
        raise refusal("{folder} cannot be made: {problem}", folder=folder, problem=error.strerror) from error
    for name, text in texts.items():
        _deliver(text, {"output": folder / name, "quiet": False})


def _tell(found: Sequence[Diagnostic], words: Words, common: dict[str, Any], given: Sequence[Path] = ()) -> None:
    """Findings on standard error, where the output has no place for them."""
    if found and not common["quiet"]:
        from engine.report.diagnostics import findings_text

        click.echo(findings_text(found, words, _plain, _cited(common, given).line), err=True, nl=False)


def _end(found: list[Diagnostic], words: Words, common: dict[str, Any]) -> NoReturn:
    _tell(found, words, common)
    sys.exit(OK if is_complete(found) else INCOMPLETE)


def _guarded(command: click.Command, name: str) -> NoReturn:
    """Run a command; a defect of ours is one sentence and exit code 70, its trace only with --debug."""
    _use_utf8()
    # Thousands of small objects live as long as the process: looking for cycles among them is wasted time.
    gc.set_threshold(100_000)
    try:
        command.main(prog_name=name, standalone_mode=True)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else USAGE
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"{name}: a defect of this program: {type(error).__name__}: {error}", err=True)
        click.echo("Run it again with --debug for the trace, and report it.", err=True)
        code = DEFECT
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once: taking the book and the engine apart object by object serves nobody.

    Every output file is whole by now (it was renamed into its place); what is printed is flushed here.
    """
    for stream in (sys.stdout, sys.stderr):
        # The reader of a pipe may have gone away, as in `check | head`.
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def _use_utf8() -> None:
    """Output is UTF-8 whatever the console says: a GBK console would refuse characters of the other script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


def main() -> NoReturn:
    """The program `biaochi`."""
    _guarded(cli, "biaochi")


def check_main() -> NoReturn:
    """The program `check`: `biaochi check` under its own name."""
    _guarded(check, "check")


if __name__ == "__main__":
    main()
