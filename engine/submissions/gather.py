"""Submitted files → figures, by the reader that their ending asks for."""

from collections.abc import Sequence

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.figure import Figure, FigureKey
from engine.model.period import Period
from engine.model.source import Source
from engine.submissions.convert import Converter, index_figures
from engine.submissions.csvform import read_csv_submission
from engine.submissions.history import inherit_baselines
from engine.submissions.inspections import read_inspection_entries
from engine.submissions.read import Delivery, SubmittedFile, read_binary, read_content, read_inspections
from engine.submissions.reconcile import apply_inspections
from engine.submissions.yamlform import read_yaml_submission


def read_figures(
    book: Book,
    converter: Converter,
    files: Sequence[SubmittedFile],
    period: Period | None,
    found: list[Diagnostic],
) -> list[Figure]:
    """The figures of all files; `converter` remembers every entry for the account.

    Errors: those of readers, stamps and figures.
    """
    figures: list[Figure] = []
    for file in files:
        bound = file.folder_period or period
        noticed: list[Diagnostic] = []
        entries, usable = _read_entries(book, file, bound, noticed)
        if usable:
            found.extend(noticed)
            figures.extend(converter.convert(entries, file.folder_period, period))
        else:
            # What else is wrong with a form of another period is a matter of that period.
            found.extend(finding for finding in noticed if finding.code == "form-wrong-period")
            converter.refuse(entries, "form-wrong-period")
    return figures


def read_earlier(book: Book, files: Sequence[SubmittedFile], found: list[Diagnostic]) -> list[Figure]:
    """The figures of earlier periods; that a book has changed since limits nothing that is known of them."""
    past: list[Diagnostic] = []
    figures = read_figures(book, Converter(book, past), files, None, past)
    found.extend(finding for finding in past if finding.code != "form-of-another-book")
    return figures


def submitted_figures(
    book: Book, delivery: Delivery, current: Sequence[Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """What came in, completed by what earlier periods say.

    Errors: those of `index_figures`; earlier-incomplete (a warning).
    """
    past: list[Diagnostic] = []
    known = index_figures(read_earlier(book, delivery.earlier, past), past, book.indicators)
    if past:
        folder = Source(delivery.earlier[0].name)
        found.append(Diagnostic("earlier-incomplete", folder, {"count": str(len(past))}))
    known.update(index_figures(current, found, book.indicators))
    return inherit_baselines(book, known, current, found)


def inspected_figures(
    book: Book, delivery: Delivery, submitted: dict[FigureKey, Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """What came in, with figures established on site in its place; findings of earlier periods were theirs.

    Errors: those of YAML, figures and inspections.
    """
    known = submitted
    for files, folders, noticed in ((delivery.earlier, (), []), (delivery.files, delivery.folders, found)):
        converter = Converter(book, noticed)
        established = [
            figure
            for file, text in read_inspections(files, folders, noticed)
            for figure in converter.convert(read_inspection_entries(text, file.name, noticed), file.folder_period, None)
        ]
        known = apply_inspections(book, known, established, noticed)
    return known


def _read_entries(
    book: Book, file: SubmittedFile, bound: Period | None, found: list[Diagnostic]
) -> tuple[list[Entry], bool]:
    """The entries of a file, and whether it can be judged: a form of another period cannot."""
    # Imported where such a file lies: most checks should not wait for readers that they do not need.
    if file.suffix == ".parquet":
        from engine.submissions.parquetread import read_parquet_submission

        return read_parquet_submission(file, found), True
    if file.suffix == ".xlsx":
        from engine.model.form import STAMP_SHEET
        from engine.submissions.xlsxform import read_xlsx_submission

        content = read_binary(file, found)
        entries, stamp = ([], None) if content is None else read_xlsx_submission(content, file.name, found)
        place = Source(file.name, 1, 1, f"{STAMP_SHEET}!A1")
    else:
        text = read_content(file, found)
        if text is None:
            return [], True
        read = read_csv_submission if file.suffix == ".csv" else read_yaml_submission
        entries, stamp = read(text, file.name, found), None
        place = Source(file.name, 1, 1)
        if "biaochi.form/" in text:
            from engine.submissions.stamps import find_stamp

            stamp = find_stamp(text)
    if stamp is None:
        return entries, True
    from engine.submissions.stamps import check_stamp

    return entries, check_stamp(stamp, place, bound, book.digest, found)
