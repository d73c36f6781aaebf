"""What is fuzzed: a reader, where its inputs begin, how they change, and what holds of every one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.fuzz import mutation, properties, seeds
from tests.fuzz.mutation import Raw
from tests.fuzz.properties import Attempt


@dataclass(frozen=True, slots=True)
class Target:
    """One reader.

    `share` is how many of a thousand inputs are for it, by what one costs; `attempt` raises BrokenPromise where a
    property fails and gives what a second attempt has to give again; `words` are those of its format, and empty
    for an archive.
    """

    name: str
    share: int
    attempt: Attempt
    seeds: Callable[[], list[bytes]]
    words: Sequence[str]
    largest: int = 6_000

    def beginnings(self) -> list[bytes]:
        """Where the inputs begin: the seeds, and what was found before."""
        return [*self.seeds(), *(path.read_bytes() for path in seeds.kept(self.name))]

    def mutate(self, content: bytes, rng: Random, others: Sequence[bytes], raw: Raw) -> bytes:
        """A neighbour of `content`; `raw` mutates bytes without knowing what they mean."""
        if self.name == "check":
            kind = content[:1] or b"\0"
            form = mutation.YAML_WORDS if kind[0] % 3 == 0 else mutation.CSV_WORDS
            if kind[0] % 3 < 2:
                return kind + mutation.mutate_text(content[1:], rng, form, others)
            return kind + mutation.mutate_archive(content[1:], rng, [other[1:] for other in others], raw, self.largest)
        if not self.words:
            return mutation.mutate_archive(content, rng, others, raw, self.largest)
        if rng.random() < 0.4:
            return raw(content, self.largest)
        return mutation.mutate_text(content, rng, self.words, others)


TARGETS = (
    Target(
        "yaml", 350, partial(properties.read_submission, suffix=".yaml"), seeds.yaml_seeds, mutation.YAML_WORDS, 3_000
    ),
    Target("csv", 180, partial(properties.read_submission, suffix=".csv"), seeds.csv_seeds, mutation.CSV_WORDS, 2_000),
    Target("xlsx", 110, partial(properties.read_submission, suffix=".xlsx"), seeds.xlsx_seeds, (), 40_000),
    Target("plan", 30, properties.read_plan_text, seeds.plan_seeds, mutation.PLAN_WORDS, 1_000),
    Target("html", 150, partial(properties.read_plan_document, suffix=".html"), seeds.html_seeds, mutation.HTML_WORDS),
    Target("docx", 173, partial(properties.read_plan_document, suffix=".docx"), seeds.docx_seeds, ()),
    Target("book", 6, properties.bind_changed_book, seeds.book_seeds, mutation.YAML_WORDS),
    Target("check", 1, properties.check_submission, seeds.check_seeds, ()),
)

BY_NAME = {target.name: target for target in TARGETS}
