"""What cannot be answered at all: one exception, with a code."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biaochi.rows import Finding
    from engine.model.diagnostic import Diagnostic


class BiaochiError(Exception):
    """A question that cannot be answered: no book there, a name that the book does not have, nothing judged.

    What is wrong with the files of a book or a submission is no exception but a `Finding` of the result.

    Shape: `code` is a stable word (docs/api.md lists them), `str(error)` one English sentence with the way out,
    `findings` what was found before it became impossible to go on.
    """

    def __init__(
        self,
        code: str,
        wording: str,
        /,
        *,
        nearest: tuple[str, ...] = (),
        diagnostics: "tuple[Diagnostic, ...]" = (),
        lang: str = "en",
        **params: object,
    ) -> None:
        hint = f"; the nearest are {', '.join(nearest)}" if nearest else ""
        super().__init__(wording.format(**params) + hint)
        self.code = code
        # The command line says it in the reader's language.
        self.wording = wording
        self.params = params
        self.nearest = nearest
        self.diagnostics = diagnostics
        self._lang = lang

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """What was found before: why a book cannot be read, with file and line; mostly empty."""
        from biaochi.rows import findings_of

        return findings_of(self.diagnostics, self._lang)
