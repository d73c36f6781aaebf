"""Examples of findings that no file of text and no small book shows alone: workbooks, templates, results, bulk checks.

Each function makes what its finding is about in a folder, has the program find it, and returns the lines that a
reader sees of it.
"""

import json
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import duckdb
from docx import Document

from engine.bulk.run import prepare, run
from engine.followup.receipts import own_digest, read_receipt
from engine.followup.resultread import read_result
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.form import Stamp
from engine.model.source import Source
from engine.pipeline import check, cited_files, make_forms, open_book
from engine.plan.read import read_plan_file
from engine.report.formats import CHECK, View
from engine.report.forms import form_files
from engine.report.words import Words
from engine.report.wordtemplate import Entry, fill_template, open_template
from engine.submissions.read import find_files
from engine.verification import make_receipt, receive, verify, verify_chain, who_signed, with_receipt
from tests.bulkdesk import write_parquet
from tests.formdesk import Filled, fill_in
from tests.unit.rules.test_conflicts import PAIRS, triangle
from tests.unit.small import period_of, rule_file
from tests.workbooks import HEADER, Raw, rows_xml, workbook

#: What is shown of the example, and what was found.
Made = tuple[tuple[str, ...], list[Diagnostic]]

_RULE = "indicator: firms, kind: total, threshold: 222 家"
_CSV = "organization,indicator,value,unit"


def _book(folder: Path, rule: str = _RULE, **more: str) -> Book:
    """A small book on disk."""
    files = {
        "organizations.yaml": "organizations:\n- {name: 市經信局, tier: city-department}\n"
        "- {name: 市發改委, tier: city-department}\n",
        "targets.yaml": "plan: {title: 示例方案, year: 2025}\nclauses:\n- clause: '16'\n  lead: [市經信局]\n"
        "  targets:\n  - {id: promise, quote: 全市凈增規上企業222家以上, kind: total}\n",
        "rules/016-small.yaml": rule_file(rule),
        **more,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    found: list[Diagnostic] = []
    book = open_book(folder, found)
    assert book is not None
    assert found == [], found
    return book


def _checked(folder: Path, name: str, content: str | bytes, book: Book) -> list[Diagnostic]:
    path = folder / "submissions" / "2025Q2" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with chdir(folder):
        return list(check(book, (), [Path("submissions/2025Q2")]).findings)


# --- forms ------------------------------------------------------------------------------------------------------


def form_of_another_body(folder: Path) -> Made:
    book = _book(folder)
    lines = (f"# {Stamp('2025Q2', book.digest, '市經信局').text}", _CSV, "市發改委,firms,131,家")
    return lines[1:], _checked(folder, "form.csv", "\n".join(lines) + "\n", book)


def form_of_another_book(folder: Path) -> Made:
    lines = (f"# {Stamp('2025Q2', 'sha256:0', '市經信局').text}", _CSV, "市經信局,firms,131,家")
    return lines, _checked(folder, "form.csv", "\n".join(lines) + "\n", _book(folder))


def remark_without_figure(folder: Path) -> Made:
    book = _book(folder)
    form = next(each for each in make_forms(book, period_of("2025Q2"), []) if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], Words("zh-Hant"), "xlsx").values()
    assert isinstance(blank, bytes)
    content = fill_in(blank, {("firms", "", ""): Filled("", note="尚未統計")})
    return (), _checked(folder, "form.xlsx", content, book)


def number_as_shown(folder: Path) -> Made:
    calculated = Raw('s="1"|<f>1/3</f><v>0.33333333333333331</v>')
    rows = rows_xml([HEADER, ("市經信局", "growth", calculated)])
    return ("=1/3",), _checked(folder, "a.xlsx", workbook({"a": rows}, formats=["0.0%"]), _book(folder))


def period_not_judged(folder: Path) -> Made:
    """A folder of the first quarter is checked for the second one."""
    book, lines = _book(folder), ("organization: 市經信局", "figures: {firms: 60 家}")
    path = folder / "submissions" / "2025Q1" / "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with chdir(folder):
        return lines, list(check(book, (), [Path("submissions/2025Q1")], period=period_of("2025Q2")).findings)


# --- templates and plans ----------------------------------------------------------------------------------------


def _template(*lines: str) -> Made:
    word, found = Document(), list[Diagnostic]()
    for line in lines:
        word.add_paragraph(line)
    values: Entry = {"單位": "市經信局", "事項": [{"序號": "1"}]}
    fill_template(word, values, {"事項": ("序號",)}, "templates/notice.docx", found, False)
    return lines, found


def placeholder_unknown(_: Path) -> Made:
    return _template("致{{單為}}：")


def template_block(_: Path) -> Made:
    return _template("{{#事項}}", "{{事項.序號}}")


def template_unreadable(_: Path) -> Made:
    found: list[Diagnostic] = []
    open_template("致{{單位}}：".encode(), "templates/notice.docx", found)
    return ("致{{單位}}：",), found


def plan_file_damaged(folder: Path) -> Made:
    path, found = folder / "plan.docx", list[Diagnostic]()
    path.write_text("2025年政府工作報告", encoding="utf-8")
    read_plan_file(path, found)
    return ("2025年政府工作報告",), found


# --- results ----------------------------------------------------------------------------------------------------


def _result(folder: Path, name: str = "result.json", previous: str | None = None) -> str:
    """A result with its receipt, as `check` writes it."""
    book = _book(folder)
    (folder / "submissions" / "2025Q2").mkdir(parents=True, exist_ok=True)
    (folder / "submissions" / "2025Q2" / "a.yaml").write_text(
        "organization: 市經信局\nfigures: {firms: 131 家}\n", encoding="utf-8"
    )
    with chdir(folder):
        paths = [Path("submissions/2025Q2")]
        result = check(book, (), paths)
        options = {
            "command": "check", "paths": ["submissions/2025Q2"], "format": "json", "by": "organization", "lang": "en",
            "organizations": [], "clauses": [], "rules": [], "only": [], "period": None, "fail_on": [],
        }  # fmt: skip
        receipt = make_receipt(result.digest, result.inputs, options, previous)
        files = cited_files(Path(), paths, Path())
        view = View(Words("en"), _plain, files, sign_off=lambda document: with_receipt(document, receipt))
        text = CHECK["json"](result, view)
        Path(name).write_text(text, encoding="utf-8", newline="")
    return text


def _plain(text: str, style: str) -> str:
    return text


def _verified(folder: Path, text: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    with chdir(folder):
        Path("result.json").write_text(text, encoding="utf-8", newline="")
        received = receive(Path("result.json"), None, found)
        assert received is not None
        verify(received, Path(), Path(), found)
    return found


def _resealed(text: str, change: Callable[[dict[str, object]], None]) -> str:
    """The result with another receipt, sealed again as its maker would have."""
    document = json.loads(text)
    change(document["receipt"])
    receipt = read_receipt(document["receipt"])
    assert receipt is not None
    document["receipt"]["digest"] = own_digest(receipt)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def receipt_foreign(folder: Path) -> Made:
    def change(receipt: dict[str, object]) -> None:
        options = receipt["options"]
        assert isinstance(options, dict)
        options["command"] = "judge"

    return ('"command": "judge"',), _verified(folder, _resealed(_result(folder), change))


def made_by_another_version(folder: Path) -> Made:
    def change(receipt: dict[str, object]) -> None:
        program = receipt["program"]
        assert isinstance(program, dict)
        program["result"] = "biaochi.check/0"

    return ('"result": "biaochi.check/0"',), _verified(folder, _resealed(_result(folder), change))


def chain_broken(folder: Path) -> Made:
    _result(folder, "q1.json")
    _result(folder, "q2.json")
    found: list[Diagnostic] = []
    with chdir(folder):
        chain = [receive(Path(name), None, found) for name in ("q1.json", "q2.json")]
        verify_chain([each for each in chain if each], found)
    return ('"previous": null',), found


def no_check_result(folder: Path) -> Made:
    path, found = folder / "old.json", list[Diagnostic]()
    path.write_text('{"schema": "biaochi.rank/1"}\n', encoding="utf-8")
    read_result(path, found)
    return ('{"schema": "biaochi.rank/1"}',), found


# --- books ------------------------------------------------------------------------------------------------------


def rule_not_exact(folder: Path) -> Made:
    rule = (
        "indicator: firms, kind: coverage, eligible: fixed-list, threshold: 98.12347 %, "
        "pace: {2025Q2: 33.33337 %, 2025Q4: 100 %}"
    )
    figures = "organization: 市經信局\nfigures: {firms: {done: 1 家, eligible: 3 家}}\n"
    return (f"- {{id: rule, target: promise, {rule}}}",), _checked(folder, "a.yaml", figures, _book(folder, rule))


def heaped_over_line(folder: Path) -> Made:
    """The limits of the note are the book's: here three figures are many."""
    names = [f"{letter}縣" for letter in "甲乙丙"]
    bodies = "".join(f"- {{name: {name}, tier: county}}\n" for name in names)
    policy = "suspicions:\n  heaped: {figures: 3, within: 0.3, times: 5}\n"
    judged = f"judged: {{lead: city, responsible: {{same: [{', '.join(names)}]}}}}"
    book = _book(
        folder,
        f"indicator: growth, kind: rate, threshold: 7 %, {judged}",
        **{
            "organizations.yaml": f"organizations:\n- {{name: 市經信局, tier: city-department}}\n{bodies}",
            "targets.yaml": "plan: {title: 示例方案, year: 2025}\nclauses:\n- clause: '16'\n  lead: [市經信局]\n"
            f"  responsible: [{', '.join(names)}]\n  targets:\n"
            "  - {id: promise, quote: 增長7%以上, kind: rate}\n",
            "policy.yaml": policy,
        },
    )
    lines = (_CSV, *(f"{name},growth,7.{place},%" for place, name in enumerate(names)))
    return lines, _checked(folder, "a.csv", "\n".join(lines) + "\n", book)


def not_proven(_: Path) -> Made:
    """Three pairs of three parts are at most 200 together, and all three at least 301: without a solver."""
    return tuple(f"- {{reason: 示例, {each}}}" for each in PAIRS.split("; ")), triangle(301, None)


def figures_not_asked(folder: Path) -> Made:
    """Bulk checks name such figures once for each indicator and period."""
    book, found = _book(folder), list[Diagnostic]()
    write_parquet(folder / "figures.parquet", [("市發改委", "firms", "2025Q2", "131", "家", None, None, None, None)])
    with chdir(folder):
        prepared = prepare(book, find_files([Path("figures.parquet")], found), found)
        run(prepared, Path("out"), 1)
        with duckdb.connect() as connection:
            rows = connection.execute(
                "SELECT code, file, params FROM read_parquet('out/findings/*.parquet')"
            ).fetchall()
    found += [Diagnostic(code, Source(file), json.loads(params)) for code, file, params in rows]
    return ("市發改委 firms 131 家",), found


# --- signatures -------------------------------------------------------------------------------------------------

#: Two keys made for these examples, of which nobody has the private halves any more, and what one of them signed.
_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9x3evFSIhdS+3ctWYmK838QRM83HLqgo/GniK+qCzF"
_OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHLqui+hPb0dbK4CtcfW3j1NAKoSzB/GesLa0BZ/uoIE"
_FIRMS = "organization: 市經信局\nfigures: {firms: 131 家}\n"
_RESULT = "{}\n"
_SIGNED_FIRMS = (
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgr3Hd68VIiF1L7dy1ZiYrzfxBEz\n"
    "zccuqCj8aeIr6oLMUAAAAZYmlhb2NoaS1zdWJtaXNzaW9uLTIwMjVRMgAAAAAAAAAGc2hh\n"
    "NTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEBeZWb0F+A2vkr3OCl3vo9hRfUUQLnxdNVVYI\n"
    "1QM5sSGLzrQgi2q3TI7QaJczLJVeOCjcnGj+bOd6Uhgb7GHzcC\n"
    "-----END SSH SIGNATURE-----\n"
)
_SIGNED_RESULT = (
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgr3Hd68VIiF1L7dy1ZiYrzfxBEz\n"
    "zccuqCj8aeIr6oLMUAAAAOYmlhb2NoaS1yZXN1bHQAAAAAAAAABnNoYTUxMgAAAFMAAAAL\n"
    "c3NoLWVkMjU1MTkAAABArj3aviiMi7NHazxVomhY3xrwNTrzmFx5z0o020fwclpZRv/i4i\n"
    "+5m/1ThwzUI9C6OUTkfup4/n8I2+uO4XHKCA==\n"
    "-----END SSH SIGNATURE-----\n"
)


def _signers(*entries: str) -> dict[str, str]:
    return {"signers.yaml": "signers:\n" + "".join(f"- {{{entry}}}\n" for entry in entries)}


def _submitted(folder: Path, signers: dict[str, str], name: str = "a.yaml", **beside: str) -> list[Diagnostic]:
    """What is found of signed figures; `beside` are files beside them, by the ending of their names."""
    book = _book(folder, **signers)
    home = folder / "submissions" / "2025Q2"
    home.mkdir(parents=True)
    for ending, text in beside.items():
        (home / f"{name}.{ending}").write_text(text, encoding="utf-8")
    return _checked(folder, name, _FIRMS, book)


def _lines(signers: dict[str, str]) -> tuple[str, ...]:
    return tuple(signers["signers.yaml"].splitlines())


def signature_missing(folder: Path) -> Made:
    return tuple(_FIRMS.splitlines()), _submitted(folder, _signers(f"organization: 市經信局, key: {_KEY}"))


def signature_broken(folder: Path) -> Made:
    changed = _SIGNED_FIRMS.replace("A", "B", 1)
    found = _submitted(folder, _signers(f"organization: 市經信局, key: {_KEY}"), sig=changed)
    return tuple(changed.splitlines()), found


def signer_unknown(folder: Path) -> Made:
    found = _submitted(folder, _signers(f"organization: 市經信局, key: {_OTHER}"), sig=_SIGNED_FIRMS)
    return tuple(_SIGNED_FIRMS.splitlines()), found


def signer_too_late(folder: Path) -> Made:
    signers = _signers(f"organization: 市經信局, until: 2025-03-31, key: {_KEY}")
    return _lines(signers), _submitted(folder, signers, sig=_SIGNED_FIRMS)


def signed_by_another(folder: Path) -> Made:
    signers = _signers(f"organization: 市發改委, key: {_KEY}")
    return _lines(signers), _submitted(folder, signers, sig=_SIGNED_FIRMS)


def signature_alone(folder: Path) -> Made:
    found = _submitted(folder, {}, **{"bak.sig": _SIGNED_FIRMS})
    return ("a.yaml", "a.yaml.bak.sig"), found


def office_signature_missing(folder: Path) -> Made:
    manifest = "received:\n- {file: a.yaml, date: 2025-07-01}\n"
    book = _book(folder, **_signers(f"office: 市政府督查室, key: {_KEY}"))
    (folder / "submissions" / "2025Q2").mkdir(parents=True)
    (folder / "submissions" / "2025Q2" / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return tuple(manifest.splitlines()), _checked(folder, "a.yaml", _FIRMS, book)


def _of_result(folder: Path, signature: str | None) -> list[Diagnostic]:
    _book(folder, **_signers(f"office: 市政府督查室, key: {_KEY if signature != _SIGNED_RESULT else _OTHER}"))
    found: list[Diagnostic] = []
    with chdir(folder):
        Path("q2.json").write_text(_RESULT, encoding="utf-8")
        if signature is not None:
            Path("q2.json.sig").write_text(signature, encoding="utf-8")
        who_signed(Path("q2.json"), folder, found)
    return found


def result_signature_broken(folder: Path) -> Made:
    return tuple(_SIGNED_FIRMS.splitlines()), _of_result(folder, _SIGNED_FIRMS)


def result_signer_unknown(folder: Path) -> Made:
    return tuple(_SIGNED_RESULT.splitlines()), _of_result(folder, _SIGNED_RESULT)


def result_unsigned(folder: Path) -> Made:
    return (), _of_result(folder, None)


def _opened(folder: Path, *entries: str) -> Made:
    _book(folder)
    text = _signers(*entries)["signers.yaml"]
    (folder / "signers.yaml").write_text(text, encoding="utf-8")
    found: list[Diagnostic] = []
    open_book(folder, found)
    return tuple(text.splitlines()), found


def key_unreadable(folder: Path) -> Made:
    return _opened(folder, f"organization: 市經信局, key: {_KEY[:-4]}")


def key_repeated(folder: Path) -> Made:
    return _opened(folder, f"organization: 市經信局, key: {_KEY}", f"organization: 市發改委, key: {_KEY}")


def key_dates_crossed(folder: Path) -> Made:
    return _opened(folder, f"organization: 市經信局, from: 2025-07-01, until: 2025-06-30, key: {_KEY}")


#: By the code of the finding.
MADE: dict[str, Callable[[Path], Made]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        chain_broken, figures_not_asked, form_of_another_body, form_of_another_book, heaped_over_line,
        made_by_another_version, no_check_result, not_proven, number_as_shown, period_not_judged,
        key_dates_crossed, key_repeated, key_unreadable, office_signature_missing, result_signature_broken,
        result_signer_unknown, result_unsigned, signature_alone, signature_broken, signature_missing, signed_by_another,
        signer_too_late, signer_unknown,
        placeholder_unknown, plan_file_damaged, receipt_foreign, remark_without_figure, rule_not_exact,
        template_block, template_unreadable,
    )
}  # fmt: skip
