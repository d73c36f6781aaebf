import io
import zipfile

import pytest

from engine.submissions import archive as module
from engine.submissions.archive import Archive, WorkbookError
from tests.workbooks import archive


def refused(content: bytes, part: str = "a.xml") -> tuple[str, str]:
    with pytest.raises(WorkbookError) as caught:
        Archive(content).parse(part, lambda *_: None)
    return caught.value.code, caught.value.problem


def test_elements_are_given_with_attributes_and_own_text() -> None:
    seen: list[tuple[str, dict[str, str], str]] = []
    started: list[str] = []
    content = archive({"a.xml": '<x:a xmlns:x="n"><b c="1">甲</b>乙</x:a>'.encode()})
    Archive(content).parse("a.xml", lambda *each: seen.append(each), lambda name, _: started.append(name))
    assert (seen, started) == ([("b", {"c": "1"}, "甲"), ("a", {}, "乙")], ["a", "b"])


def test_what_is_parsed_is_bounded_over_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive({"a.xml": b"<a>" + b" " * 600 + b"</a>"})
    monkeypatch.setattr(module, "MAX_PARSED", 1_000)
    twice = Archive(content)
    twice.parse("a.xml", lambda *_: None)
    with pytest.raises(WorkbookError) as caught:
        twice.parse("a.xml", lambda *_: None)
    assert caught.value.code == "workbook-too-large"


def test_elements_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ELEMENTS", 3)
    Archive(archive({"a.xml": b"<a><b/><b/></a>"})).parse("a.xml", lambda *_: None)
    assert refused(archive({"a.xml": b"<a><b/><b/><b/></a>"}))[0] == "workbook-too-large"


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        (b"<a>", "no element"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b"<a>" * 150 + b"</a>" * 150, "nested"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "klingon"),
        (b"<a>&amp;&undefined;</a>", "undefined"),
    ],
)
def test_xml_that_cannot_be_trusted_is_refused(xml: bytes, word: str) -> None:
    code, problem = refused(archive({"a.xml": xml}))
    assert code == "workbook-broken"
    assert word in problem


def test_a_part_that_is_not_there_is_named() -> None:
    assert refused(archive({"a.xml": b"<a/>"}), "b.xml") == ("workbook-broken", "ZIP: b.xml")


def test_only_the_packing_of_workbooks_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.xml", b"<a/>")
    assert refused(buffer.getvalue()) == ("workbook-broken", "ZIP: a.xml: 12")
