"""Submitted files → figures, by the reader that their ending asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from engine.model.arrival import Manifest
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.figure import Figure, FigureKey
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.source import Source
from engine.submissions.convert import Converter, index_figures
from engine.submissions.csvform import read_csv_submission
from engine.submissions.history import inherit_baselines
from engine.submissions.inspections import read_inspection_entries
from engine.submissions.manifest import check_manifests, read_manifest, set_aside
from engine.submissions.read import (
    MAX_BYTES,
    Delivery,
    FolderBeside,
    SubmittedFile,
    digest_text,
    digest_whole,
    file_state,
    read_beside,
    read_binary,
    read_content,
    signature_beside,
)
from engine.submissions.reconcile import apply_inspections
from engine.submissions.yamlform import read_yaml_submission

#: How many are done, and of how many.
Progress = Callable[[int, int], None]

_NONE: Mapping[SubmittedFile, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Intake:
    """What is known of how files came in: the manifests of the folders that are checked, and which files do not count.

    `delivery` are the files that were there on the day as of which is asked, `left_out` says which were not; `aside`
    gives the code that says why a file that was there does not count.
    """

    delivery: Delivery
    manifests: Mapping[Path, Manifest]
    aside: Mapping[SubmittedFile, str]
    left_out: tuple[Diagnostic, ...] = ()


def take_in(delivery: Delivery, as_of: date | None, found: list[Diagnostic]) -> Intake:
    """Read the manifests beside all files.

    Errors: those of manifests, of the folders that are checked.
    """
    left_out: list[Diagnostic] = []
    if as_of is not None:
        delivery = _known_by(delivery, as_of, left_out)
    beside: list[Diagnostic] = []
    manifests: dict[Path, Manifest] = {}
    aside: dict[SubmittedFile, str] = {}
    for files, folders, noticed in (
        (delivery.files, delivery.folders, found),
        (delivery.earlier, (), beside),
        (delivery.later, (), beside),
    ):
        read = {}
        for file, text in _read_dated("manifest.yaml", files, folders, as_of, noticed, delivery):
            manifest = read_manifest(text, file.name, file.folder_period, noticed) if file.folder_period else None
            if manifest is not None and file.home is not None:
                read[file.home] = manifest
        if noticed is found:
            manifests = read
            whole = {home: manifest for home, manifest in read.items() if home in delivery.folders}
            check_manifests(whole, files, noticed)
        aside |= set_aside(read, files, as_of, noticed)
    return Intake(delivery, manifests, aside, tuple(left_out))


def _known_by(delivery: Delivery, as_of: date, left_out: list[Diagnostic]) -> Delivery:
    """The files that were there on a day: as if the others did not lie there.

    Errors: received-later (a note) for those of the folders that are checked.
    """
    listed = (*delivery.files, *delivery.earlier, *delivery.later)
    manifests = {}
    for file, text in read_beside("manifest.yaml", listed, delivery.folders, [], None, delivery.untrusted):
        manifest = read_manifest(text, file.name, file.folder_period, []) if file.folder_period else None
        if manifest is not None and file.home is not None:
            manifests[file.home] = manifest
    noticed: list[Diagnostic] = []
    later = {file for file, code in set_aside(manifests, listed, as_of, noticed).items() if code == "received-later"}
    # Nobody can have known what a later period says before that period was over.
    later.update(file for file in delivery.later if file.folder_period and file.folder_period.end > as_of)
    own = {file.name for file in delivery.files}
    left_out.extend(each for each in noticed if each.code == "received-later" and each.source.file in own)
    return replace(
        delivery,
        files=tuple(file for file in delivery.files if file not in later),
        earlier=tuple(file for file in delivery.earlier if file not in later),
        later=tuple(file for file in delivery.later if file not in later),
    )


def digest_inputs(delivery: Delivery, as_of: date | None, signed: bool) -> Mapping[str, str]:
    """The digests of all files that a check of this delivery reads, and of what beside them it reads of a day.

    `signed`: the book has keys, and signatures of submissions are read as well.
    """
    known = take_in(delivery, as_of, []).delivery
    for file in (*known.files, *known.earlier, *known.later):
        signature = signature_beside(file) if signed else None
        if signature is not None:
            read_binary(signature, [])
        if file.suffix != ".parquet":
            read_binary(file, [])
        elif (state := file_state(file, [])) and state[0] <= MAX_BYTES:
            digest_whole(file)
    for files, folders in ((known.earlier, known.before), (known.files, known.folders)):
        _read_dated("inspections.yaml", files, folders, as_of, [], known)
    return known.digests


def _read_dated(
    name: str,
    files: Sequence[SubmittedFile],
    folders: Sequence[Path | FolderBeside],
    as_of: date | None,
    found: list[Diagnostic],
    delivery: Delivery,
) -> list[tuple[SubmittedFile, str]]:
    """The texts of the files of this name without their entries of days after `as_of`; so are their digests."""
    digests = delivery.digests
    texts = read_beside(name, files, folders, found, digests, delivery.untrusted)
    if as_of is None:
        return texts
    # Imported here: most checks ask for what is known now.
    from engine.known import text_as_of

    known = []
    for file, text in texts:
        then, remains = text_as_of(text, name, as_of)
        if not remains:
            digests.pop(file.name, None)
        elif then != text:
            digests[file.name] = digest_text(then)
        known.append((file, then))
    return known


def read_figures(
    book: Book,
    converter: Converter,
    files: Sequence[SubmittedFile],
    period: Period | None,
    found: list[Diagnostic],
    aside: Mapping[SubmittedFile, str] = _NONE,
    on_file: Progress | None = None,
) -> list[Figure]:
    """The figures of all files but those set `aside`; `converter` remembers every entry for the account.

    `on_file` is told how many files are done, and of how many.
    Errors: those of readers, stamps and figures.
    """
    figures: list[Figure] = []
    for done, file in enumerate(files):
        if on_file:
            on_file(done, len(files))
        noticed: list[Diagnostic] = []
        entries, usable = _read_entries(book, converter, file, file.folder_period or period, noticed)
        if file in aside:
            converter.set_aside(entries, aside[file])
        elif usable:
            found.extend(noticed)
            figures.extend(converter.convert(entries, file.folder_period, period))
        else:
            # What else is wrong with a form of another period is a matter of that period.
            found.extend(finding for finding in noticed if finding.code == "form-wrong-period")
            converter.refuse(entries, "form-wrong-period")
    return figures


def told_beside(read: Sequence[Entry], delivery: Delivery) -> dict[Source, Entry]:
    """What is said beside a figure, by the places that it may have: evidence, notes, the document of an inspection.

    `read` are the entries of the submissions. Inspections are those of all periods up to the one that is asked for:
    a line may have been found crossed in an earlier one.
    """
    entries = [entry for entry in read if entry.evidence or entry.note]
    for files, folders in ((delivery.earlier, delivery.before), (delivery.files, delivery.folders)):
        for file, text in read_beside("inspections.yaml", files, folders, [], None, delivery.untrusted):
            entries += [entry for _, entry in read_inspection_entries(text, file.name, [])]
    return {
        place: entry
        for entry in entries
        for place in (
            entry.source,
            *(cell.source for cell in (entry.value, entry.stage, *entry.parts.values()) if cell),
        )
    }


def read_earlier(
    book: Book,
    files: Sequence[SubmittedFile],
    found: list[Diagnostic],
    aside: Mapping[SubmittedFile, str] = _NONE,
) -> list[Figure]:
    """The figures of earlier periods; that a book has changed since limits nothing that is known of them."""
    past: list[Diagnostic] = []
    figures = read_figures(book, Converter(book, past), files, None, past, aside)
    found.extend(finding for finding in past if finding.code != "form-of-another-book")
    return figures


def submitted_figures(
    book: Book, delivery: Delivery, current: Sequence[Figure], intake: Intake, found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """What came in, completed by what earlier periods say and revised by what later ones declare.

    Errors: those of `index_figures` and of revisions; earlier-incomplete (a warning).
    """
    past: list[Diagnostic] = []
    known = index_figures(read_earlier(book, delivery.earlier, past, intake.aside), past, book.indicators)
    if past:
        folder = Source(delivery.earlier[0].name)
        found.append(Diagnostic("earlier-incomplete", folder, {"count": str(len(past))}))
    known.update(index_figures(current, found, book.indicators))
    # What else is wrong with later periods is theirs.
    later = read_figures(book, Converter(book, []), delivery.later, None, [], intake.aside)
    declared = [figure for figure in (*known.values(), *later) if figure.revises]
    if declared:
        # Imported here: most submissions revise nothing.
        from engine.submissions.revisions import apply_revisions

        periods = {figure.period for figure in current}
        noticed: list[Diagnostic] = []
        known = apply_revisions(book, known, declared, noticed)
        # A check names what is wrong with its own declarations, and what later ones changed of its figures.
        own = {figure.source for figure in declared if figure.period in periods}
        of_own = {figure.source for figure in declared if Period.parse(figure.revises[0]) in periods}
        found.extend(each for each in noticed if each.source in (of_own if each.code == "revised" else own))
    return inherit_baselines(book, known, current, found)


def inspected_figures(
    book: Book,
    delivery: Delivery,
    submitted: dict[FigureKey, Figure],
    found: list[Diagnostic],
    as_of: date | None = None,
) -> dict[FigureKey, Figure]:
    """What came in, with figures established on site by a day in its place; of several the latest holds.

    Errors: those of YAML, figures and inspections; findings of earlier periods were theirs.
    """
    known = submitted
    for files, folders, noticed in (
        (delivery.earlier, delivery.before, []),
        (delivery.files, delivery.folders, found),
    ):
        converter = Converter(book, noticed)
        established: list[tuple[date, Figure]] = []
        for file, text in _read_dated("inspections.yaml", files, folders, as_of, noticed, delivery):
            for day, entry in read_inspection_entries(text, file.name, noticed):
                if as_of is None or day <= as_of:
                    established += [(day, figure) for figure in converter.convert([entry], file.folder_period, None)]
        established.sort(key=lambda each: each[0])
        known = apply_inspections(book, known, [figure for _, figure in established], noticed)
    return known


def _read_entries(
    book: Book, converter: Converter, file: SubmittedFile, bound: Period | None, found: list[Diagnostic]
) -> tuple[list[Entry], bool]:
    """The entries of a file, and whether it can be judged: a form of another period cannot."""
    # Imported where such a file lies: most checks should not wait for readers that they do not need.
    if file.suffix == ".parquet":
        from engine.submissions.parquetread import read_parquet_submission

        entries, stamp, place = read_parquet_submission(file, found), None, Source(file.name)
    elif file.suffix == ".xlsx":
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
    usable = True
    if stamp is not None:
        from engine.submissions.stamps import check_stamp

        usable = check_stamp(stamp, place, bound, book.digest, found)
    if usable and stamp is not None:
        converter.name_form(stamp)
        entries = converter.refuse_strangers(entries, stamp)
    if usable and book.signers:
        # Imported here: few books are signed.
        from engine.submissions.signed import own_entries

        entries = own_entries(book, converter, file, bound, entries, found)
    return entries, usable
