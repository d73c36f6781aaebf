"""The stamp of a form that came back: whether it is of the period that is judged, and of the book that judges."""

from engine.model.diagnostic import Diagnostic
from engine.model.form import Stamp
from engine.model.period import Period
from engine.model.source import Source


def find_stamp(text: str) -> Stamp | None:
    """The stamp among the remarks that begin a form in text; None where the text is no form."""
    for line in text.splitlines():
        if not line.startswith("#"):
            return None
        if stamp := Stamp.parse(line):
            return stamp
    return None


def check_stamp(stamp: Stamp, source: Source, bound: Period | None, digest: str, found: list[Diagnostic]) -> bool:
    """Whether the figures of a form can be used for the period to which its folder or the command binds it.

    A form of another book is used all the same: what it asked for may have changed, but not what its figures say.
    `source` is where the stamp stands.
    Errors: form-wrong-period; form-of-another-book (a warning).
    """
    period = Period.parse(stamp.period)
    if bound is not None and period != bound:
        params = {"organization": stamp.organization, "found": stamp.period, "wanted": bound.label}
        found.append(Diagnostic("form-wrong-period", source, params))
        return False
    if stamp.digest != digest:
        params = {"organization": stamp.organization, "found": _short(stamp.digest), "wanted": _short(digest)}
        found.append(Diagnostic("form-of-another-book", source, params))
    return True


def _short(digest: str) -> str:
    """Enough of a digest to tell two books apart."""
    return digest.rpartition(":")[2][:12]
