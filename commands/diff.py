"""`biaochi diff`: what changed between two checks, and because of what."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from biaochi.book import require_paths
from commands.shared.options import FILE, PATH, DateType, PeriodType, format_option, screen_options
from commands.shared.output import deliver, language_of, tell, view_of
from commands.shared.places import require_home
from commands.shared.speech import Command, refusal
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.result import INCOMPLETE
from engine.report import formats
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.replay import Side


@click.command(cls=Command)
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@format_option(formats.DIFF)
@click.option("--period", type=PeriodType(), help="The period, where a side is a whole book or no folder names one.")
@click.option("--old-as-of", type=DateType(), help="Judge OLD as of this day.")
@click.option("--new-as-of", type=DateType(), help="Judge NEW as of this day.")
@click.option(
    "--book", "book_folder", type=PATH, help="The book of folders of submissions (default: from here upwards)."
)
@click.option("-o", "--output", type=FILE, help="Write to this file, whole or not at all.")
@screen_options
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

    words = Words(language_of(common))
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
        tell(found, words, {**common, "book_folder": book_folder}, [old, new])
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
    view = view_of(words, {**common, "book_folder": book_folder}, [old, new])
    deliver(formats.DIFF[form](difference, view), common)
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
    return Side(name, require_home(book_folder), (path,), period, day)
