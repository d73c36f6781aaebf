from dataclasses import replace
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.signer import Signer
from engine.model.source import Source
from engine.submissions.convert import Converter
from engine.submissions.gather import read_figures
from engine.submissions.read import SubmittedFile, find_files
from engine.submissions.signed import distrusted
from tests.unit.small import book_of, codes, period_of

RULE = "indicator: firms, kind: total, threshold: 222 家"
SIGNER = Signer("市經信局", False, "SHA256:x", Source("signers.yaml"))


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "2025Q2"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("signers", "code"), [((SIGNER,), ["signature-missing"]), ((), [])])
def test_figures_of_a_body_with_a_key_need_its_signature(
    tmp_path: Path, signers: tuple[Signer, ...], code: list[str]
) -> None:
    book = replace(book_of(RULE), signers=signers)
    folder = folder_of(tmp_path, {"a.yaml": "organization: 市經信局\nfigures: {firms: 131 家}\n"})
    found: list[Diagnostic] = []
    converter = Converter(book, found)
    file = SubmittedFile("a.yaml", folder / "a.yaml", period_of("2025Q2"), folder)
    figures = read_figures(book, converter, [file], None, found)
    assert (codes(found), len(figures)) == (code, 0 if code else 1)
    # Every cell is accounted for, whatever became of it.
    assert len(converter.read) == 1


def test_only_an_office_with_a_key_has_to_sign_what_sets_figures_aside(tmp_path: Path) -> None:
    book = book_of(RULE)
    folder = folder_of(tmp_path, {"a.yaml": "{}", "manifest.yaml": "received: []\n"})
    office = replace(SIGNER, office=True, name="督查室")
    found: list[Diagnostic] = []
    delivery = find_files([folder], [])
    assert distrusted(replace(book, signers=(SIGNER,)), delivery, found) == frozenset()
    assert found == []
    assert distrusted(replace(book, signers=(office,)), delivery, found) == {folder / "manifest.yaml"}
    assert codes(found) == ["office-signature-missing"]
