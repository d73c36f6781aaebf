"""What an office writes down: reports under their keys, and the files that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from engine.model.book import Book


class Key(NamedTuple):
    """Whose figure, of what, of which period, of which member."""

    organization: str
    indicator: str
    period: str
    member: str = ""


class Amount(NamedTuple):
    """A number as it is written, and its unit of measure."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number:f} {self.unit}"

    def times(self, factor: Decimal | int) -> "Amount":
        """The same with another number, written without an exponent."""
        number = self.number * factor
        whole = number == number.to_integral_value()
        return Amount(number.quantize(Decimal(1)) if whole else number.normalize(), self.unit)


@dataclass(frozen=True, slots=True)
class Report:
    """One figure: a value, parts (also done and eligible), or a stage, with what belongs to it."""

    value: Amount | None = None
    parts: tuple[tuple[str, Amount], ...] = ()
    baseline: Amount | None = None
    stage: str = ""
    revises: tuple[str, str, str, str] | None = None

    def part(self, name: str) -> Amount:
        """The part of this name."""
        return dict(self.parts)[name]

    def yaml(self) -> str:
        """The figure in one line."""
        fields = {}
        if self.value is not None:
            fields["value"] = str(self.value)
        inner = "、".join(name for name, _ in self.parts)
        if inner == "done、eligible":
            fields.update({name: str(amount) for name, amount in self.parts})
        elif self.parts:
            fields["parts"] = "{" + ", ".join(f"{name}: {amount}" for name, amount in self.parts) + "}"
        if self.baseline is not None:
            fields["baseline"] = str(self.baseline)
        if self.stage:
            fields["stage"] = self.stage
        if self.revises is not None:
            names = ("period", "from", "to", "reason")
            told = zip(names, self.revises, strict=True)
            fields["revises"] = "{" + ", ".join(f"{name}: {word}" for name, word in told) + "}"
        if set(fields) == {"value"}:
            return fields["value"]
        return "{" + ", ".join(f"{name}: {text}" for name, text in fields.items()) + "}"


Reports = dict[Key, Report]

#: Where a figure stands: the end of a file's name, and the line.
Place = tuple[str, int]


def write_reports(book: Book, reports: Mapping[Key, Report], home: Path) -> dict[Key, Place]:
    """One file per body and period below `home`; the places of all figures in them."""
    places: dict[Key, Place] = {}
    order = {name: number for number, name in enumerate(book.organizations)}
    files: dict[tuple[str, str], dict[str, list[Key]]] = {}
    for key in reports:
        files.setdefault((key.period, key.organization), {}).setdefault(key.indicator, []).append(key)
    for (period, organization), indicators in files.items():
        name = f"{period}/{order[organization]:02d}.yaml"
        lines = [f"organization: {organization}", "figures:"]
        for indicator, keys in indicators.items():
            # Half of the offices write the Chinese name, the others the identifier of their form.
            said = book.indicators[indicator].name if order[organization] % 2 else indicator
            if keys[0].member:
                lines += [f"  {said}:", "    members:"]
            for key in keys:
                subject = f"      {key.member}" if key.member else f"  {said}"
                lines.append(f"{subject}: {reports[key].yaml()}")
                places[key] = (name, len(lines))
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return places
