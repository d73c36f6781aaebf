"""What an office publishes of checks: places, circulars, and notices with what became of them.

A composer as `pipeline.py` is, one step further on: what is published stands on whole checks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from engine.derivations import derive_checked
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.derivation import Derivation
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.limit import LimitedObligation
from engine.model.period import Period
from engine.model.ranking import RankResult
from engine.model.result import CheckResult, is_complete, sort_findings
from engine.model.scoring import Scoring
from engine.model.source import Source
from engine.model.verdict import Outcome, Reason, Verdict
from engine.pipeline import Checked, check, check_whole, held_by, judge_limited
from engine.submissions.gather import Progress
from engine.submissions.read import find_files, find_periods, read_beside
from engine.submissions.rounding import list_ends

if TYPE_CHECKING:
    from engine.followup.standing import Record
    from engine.model.circular import Circular
    from engine.model.notice import FollowUp, ItemWords
    from engine.rank.ranges import Alternative


def rank(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    as_of: date | None = None,
    on_file: Progress | None = None,
) -> RankResult | None:
    """Rank the bodies that were judged in a period: the one that is asked for, else the latest one of `paths`.

    At the year's end the quarters beside it are rolled up with the policy's weights, and the whole plan is settled.
    None where nothing under `paths` was judged. The book's policy must have a scoring.
    """
    assert book.policy.scoring is not None
    ranked = _check_and_rank(book, book_findings, paths, period, as_of, on_file)
    return ranked[2] if ranked else None


def _check_and_rank(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    period: Period | None,
    as_of: date | None,
    on_file: Progress | None,
) -> tuple[Period, Checked, RankResult | None] | None:
    """The period that is meant, what was judged in it, and the places; those are None without a scoring."""
    delivery = find_files(paths, [])
    folders = find_periods(delivery)
    wanted = period or max(delivery.periods, default=None)
    named = wanted is not None and bool(delivery.folders) and wanted in folders
    own = [folders[wanted]] if named and wanted else paths
    checked = check_whole(book, book_findings, own, None if named else period, as_of, None, on_file)
    wanted = wanted or max((verdict.obligation.period for verdict in checked.verdicts), default=None)
    if wanted is None or not any(verdict.obligation.period == wanted for verdict in checked.verdicts):
        return None
    if book.policy.scoring is None:
        return wanted, checked, None
    ranks = _rank_checked(book, wanted, folders if delivery.folders else None, checked, as_of)
    return wanted, checked, ranks


def check_and_rank_all(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    as_of: date | None = None,
    on_file: Progress | None = None,
) -> tuple[CheckResult, tuple[RankResult, ...], Iterator[Derivation]]:
    """What was judged under `paths`, the places of every period in it (none without a scoring), and the derivations.

    The derivations are those of the verdicts in their order, made as they are taken.
    """
    checked = check_whole(book, book_findings, paths, period, as_of, None, on_file)
    derivations = derive_checked(book, checked, paths)
    if book.policy.scoring is None:
        return checked.result, (), derivations
    delivery = find_files(paths, [])
    folders = find_periods(delivery) if delivery.folders else None
    periods = sorted({verdict.obligation.period for verdict in checked.verdicts})
    ranks = tuple(_rank_checked(book, each, folders, _of_period(checked, each), as_of) for each in periods)
    return checked.result, ranks, derivations


def _of_period(checked: Checked, period: Period) -> Checked:
    """What was checked of one period; the figures of all stay, because some compare with others."""
    return replace(
        checked,
        verdicts=tuple(each for each in checked.verdicts if each.obligation.period == period),
        limited=[each for each in checked.limited if each.obligation.period == period],
    )


def _rank_checked(
    book: Book, wanted: Period, folders: Mapping[Period, Path] | None, checked: Checked, as_of: date | None
) -> RankResult:
    """The places of a period that is checked, compared with those of the period before it in `folders`.

    `folders` is None where single files were checked: places among some of a group say nothing of its places before.
    """
    from engine.rank.group import Ranking, rank_groups
    from engine.rank.year import settle_clauses

    scoring = book.policy.scoring
    assert scoring is not None
    found = list(checked.result.findings)
    if folders is None:
        found.extend(_ranked_in_part(scoring, checked.verdicts))
    known = folders or {}
    past = {each: known[each] for each in sorted(known) if each.year == wanted.year and each < wanted}
    terms = [(Fraction(1), wanted, checked)]
    rolled = wanted.is_year_end and scoring.quarters is not None
    if wanted.is_year_end and scoring.quarters:
        terms = _roll_up(book, terms[0], past, scoring.quarters.weights, as_of, found)
    before = max(past, default=None)
    earlier = check_whole(book, (), [past[before]], None, as_of).verdicts if before else ()
    groups = rank_groups(
        Ranking(
            scoring,
            tuple(rule.id for rule in book.rules),
            tuple((share, each, done.verdicts) for share, each, done in terms),
            tuple(each for place, (_, _, done) in enumerate(terms) for each in _alternatives(book, place, done)),
            (before, earlier) if before else None,
            book.adjustments,
            whole_year=rolled,
        )
    )
    return RankResult(
        title=book.plan.title,
        digest=book.digest,
        period=wanted,
        groups=groups,
        findings=tuple(sort_findings(found)),
        complete=is_complete(found),
        previous=before,
        quarters=tuple(each for _, each, _ in terms) if rolled else (),
        quarter_weights=tuple(share for share, _, _ in terms) if rolled else (),
        quarters_document=scoring.quarters.document if rolled and scoring.quarters else "",
        clauses=settle_clauses(book.clauses, checked.verdicts) if wanted.is_year_end else (),
    )


def _ranked_in_part(scoring: Scoring, verdicts: Sequence[Verdict]) -> list[Diagnostic]:
    """That single files were given, and with them only some of the bodies that are ranked."""
    judged = {verdict.obligation.organization for verdict in verdicts}
    members = {body for scheme in scoring.schemes for body in scheme.members}
    params = {"count": str(len(members & judged)), "total": str(len(members))}
    return [Diagnostic("ranked-in-part", Source("policy.yaml"), params)] if members - judged else []


def _roll_up(
    book: Book,
    last: "tuple[Fraction, Period, Checked]",
    past: Mapping[Period, Path],
    weights: Sequence[Fraction],
    as_of: date | None,
    found: list[Diagnostic],
) -> "list[tuple[Fraction, Period, Checked]]":
    """The four quarters of the year, each with its weight; one that did not come in is named, and the others count."""
    _, year_end, checked = last
    terms = []
    for month, weight in zip((3, 6, 9), weights, strict=False):
        quarter = Period.ending(year_end.year, month)
        if quarter in past:
            done = check_whole(book, (), [past[quarter]], None, as_of)
            found.extend(done.result.findings)
            terms.append((weight, quarter, done))
        else:
            found.append(Diagnostic("quarter-absent", Source("policy.yaml"), {"period": quarter.label}))
    return [*terms, (weights[3], year_end, checked)]


def _alternatives(book: Book, term: int, checked: Checked) -> "list[Alternative]":
    """What would be judged otherwise if a figure stood at an end of its rounding, all judged at once.

    Each is judged by a body of its own, which has the figures of the one whose figure it is.
    """
    from engine.model.ranking import Case as RoundedCase
    from engine.rank.ranges import Alternative

    users = _users(checked)
    limited = {
        (item.obligation.rule.id, item.obligation.organization, item.obligation.period): item
        for item in checked.limited
    }
    by_body: dict[tuple[str, str], list[Figure]] = {}
    for figure in checked.figures.values():
        by_body.setdefault((figure.organization, figure.indicator), []).append(figure)
    cases: list[tuple[RoundedCase, list[Verdict]]] = []
    figures: dict[FigureKey, Figure] = {}
    tried: list[LimitedObligation] = []
    for key, verdicts in users.items():
        for high, end in list_ends(book, checked.figures[key]):
            kind = "rounding-high" if high else "rounding-low"
            first = verdicts[0].obligation.rule.id
            cases.append((RoundedCase(kind, first, end.organization, end.indicator, end.member), verdicts))
            for verdict in verdicts:
                obligation, name = verdict.obligation, str(len(tried))
                for indicator in filter(None, (obligation.indicator.id, obligation.rule.partner)):
                    for known in by_body.get((end.organization, indicator), ()):
                        taken = end if known.key == key else known
                        copy = replace(taken, organization=name)
                        figures[copy.key] = copy
                tried.append(held_by(name, limited[obligation.rule.id, obligation.organization, obligation.period]))
    judged = iter(judge_limited(tried, figures, []))
    return [
        Alternative(
            case, term, {(each.obligation.rule.id, each.obligation.organization): next(judged) for each in verdicts}
        )
        for case, verdicts in cases
    ]


def _users(checked: Checked) -> dict[FigureKey, list[Verdict]]:
    """Which verdicts every figure decides: those on its own indicator, and on one that is compared with it."""
    users: dict[FigureKey, list[Verdict]] = {}
    for verdict in checked.verdicts:
        if not _is_open(verdict):
            continue
        obligation = verdict.obligation
        keys = dict.fromkeys(each.figure.key for each in (verdict, *verdict.members) if each.figure)
        if obligation.partner and verdict.figure:
            keys[verdict.figure.organization, obligation.partner.id, obligation.period.key, ""] = None
        for key in keys:
            if key in checked.figures:
                users.setdefault(key, []).append(verdict)
    return users


def _is_open(verdict: Verdict) -> bool:
    """Whether another figure could give another outcome: it was judged, or lacks a baseline or some of its members."""
    decided = verdict.outcome is not Outcome.UNDECIDED
    return decided or verdict.reason is Reason.NO_BASELINE or bool(verdict.missing_members)


def follow_up(
    book: Book,
    found: list[Diagnostic],
    submissions: Path,
    period: Period,
    say: Callable[[Verdict], "ItemWords"],
    *,
    day: date | None = None,
    as_of: date | None = None,
) -> "FollowUp":
    """The notices of a period and where every item of all notices up to it stands.

    Notices that are on record are taken as they were sent. Else they are drafted from what is judged now, and with
    `day` they get numbers and days. The standing is that of `as_of`, of `day` where it is not given, or of the last
    day that is on record.
    """
    from engine.followup.issue import draft_notices, issue_notices
    from engine.followup.standing import stand
    from engine.model.notice import FollowUp

    folders, record = _read_record(book, submissions, found)
    asked = as_of or day or record.last_day(period)
    own = [folder for folder in folders if Period.parse(folder.name) == period]
    verdicts = _verdicts_of(book, found, own or [submissions / period.label], as_of or day)
    known = record.until(as_of or day)
    standings = stand(book, known, period, asked, verdicts, found)
    notices = tuple(notice for notice in record.notices if notice.period == period)
    issued = bool(notices)
    if not issued:
        notices = draft_notices(book, period, verdicts, standings, say)
        if day is not None:
            notices = issue_notices(notices, record.notices, book.policy.notices, day)
            fresh = replace(known, notices=notices)
            standings = (*standings, *stand(book, fresh.until(day), period, asked, (), []))
    sent = notices[0].day if notices else None
    before = stand(book, record.until(sent or asked), period, sent or asked, (), [])
    office = book.policy.notices.office or book.plan.issuer
    return FollowUp(book.plan.title, office, period, asked, notices, standings, before, issued)


def _read_record(book: Book, submissions: Path, found: list[Diagnostic]) -> "tuple[Sequence[Path], Record]":
    """The period folders of the submissions, and all notices, replies and decisions that are on record."""
    from engine.followup.read import REPLIES, read_followup_files
    from engine.followup.standing import read_record

    delivery = find_files([submissions] if submissions.is_dir() else [], [])
    folders, untrusted = delivery.folders, frozenset[Path]()
    if book.signers:
        # Imported here: few books are signed.
        from engine.submissions.signed import distrusted

        untrusted = distrusted(book, delivery, found, (REPLIES,))
    replies = {file.name: text for file, text in read_beside(REPLIES, (), folders, found, None, untrusted)}
    return folders, read_record(book, read_followup_files(Path(book.folder), replies, found), found)


def make_circular(
    book: Book,
    book_findings: Sequence[Diagnostic],
    paths: Sequence[Path],
    submissions: Path,
    *,
    period: Period | None = None,
    number: str = "",
    day: date | None = None,
    as_of: date | None = None,
    on_file: Progress | None = None,
) -> "Circular | None":
    """Everything that a circular says of a period: the one that is asked for, else the latest one of `paths`.

    `submissions` is where the book keeps its period folders, in which replies to notices lie. None where nothing
    under `paths` was judged.
    """
    from engine.followup.standing import stand
    from engine.model.circular import Circular, stand_targets

    ranked = _check_and_rank(book, book_findings, paths, period, as_of, on_file)
    if ranked is None:
        return None
    wanted, checked, ranks = ranked
    result = checked.result
    own = tuple(verdict for verdict in result.verdicts if verdict.obligation.period == wanted)
    # What is wrong with the places, a quarter that is not there for one, is among the findings of the ranking alone.
    found = list(ranks.findings if ranks else result.findings)
    _, record = _read_record(book, submissions, found)
    asked = as_of or day or record.last_day(wanted)
    standings = stand(book, record.until(as_of or day), wanted, asked, own, found)
    policy = book.policy
    following = wanted.next_in_year
    due = following.end + timedelta(days=policy.deadline_days) if following and policy.deadline_days else None
    return Circular(
        replace(result, verdicts=own, period=wanted, findings=tuple(sort_findings(found)), complete=is_complete(found)),
        wanted,
        stand_targets(book.clauses, own),
        ranks,
        standings,
        asked,
        policy,
        book.plan.issuer,
        book.plan.digest,
        number,
        day,
        as_of,
        day + timedelta(days=policy.notices.reply_days) if day else None,
        following,
        due,
        tuple(derive_checked(book, replace(checked, result=replace(result, verdicts=own)), paths)),
    )


def _verdicts_of(book: Book, found: list[Diagnostic], folders: Sequence[Path], as_of: date | None) -> Sequence[Verdict]:
    """The verdicts of a period's folders; what could not be used is said, everything else is the check's to say."""
    result = check(book, (), folders, as_of=as_of)
    found.extend(finding for finding in result.findings if CODES[finding.code].incomplete)
    return result.verdicts
