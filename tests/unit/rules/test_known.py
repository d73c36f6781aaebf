from datetime import date

from engine.rules.known import contents_as_of

DAY = date(2025, 7, 14)
RULES = """\
clause: '1'
indicators:
- {id: canals, name: 灌渠, unit: 公里}
rules:
- {id: canals, indicator: canals}
cases:
- {rule: canals, figures: {2025Q1: 1 公里}}
"""
MORE = """\
clause: '1'
indicators:
- {id: canals, name: 灌渠, unit: 公里}
- {id: dams, name: 水壩, unit: 座}
rules:
- {id: canals, indicator: canals}
# set after the flood
- {id: dams, indicator: dams, partner: canals, added: 2025-07-15}
cases:
- {rule: canals, figures: {2025Q1: 1 公里}}
- {rule: dams, figures: {2025Q1: 1 座}}
"""
DAMS = "rules:\n- {id: dams, indicator: dams, added: 2025-07-15}\n"


def test_a_later_rule_goes_with_its_indicators_and_cases() -> None:
    assert contents_as_of({"rules/001-a.yaml": MORE.encode()}, DAY) == {"rules/001-a.yaml": RULES.encode()}
    assert contents_as_of({"rules/001-a.yaml": MORE.encode()}, date(2025, 7, 15)) == {"rules/001-a.yaml": MORE.encode()}


def test_a_file_of_later_rules_was_not_there_nor_were_their_quotas() -> None:
    contents = {
        "allocations/a.yaml": b"rule: dams\nquotas: {}\n",
        "allocations/b.yaml": b"rule: canals\nquotas: {}\n",
        "rules/001-a.yaml": RULES.encode(),
        "rules/001-b.yaml": DAMS.encode(),
    }
    assert list(contents_as_of(contents, DAY)) == ["allocations/b.yaml", "rules/001-a.yaml"]


def test_later_documents_were_not_there() -> None:
    first, second = "amendments:\n- {target: a, date: 2025-05-20}\n", "- {target: a, date: 2025-07-15}\n"
    contents = {"amendments.yaml": b"\xef\xbb\xbf" + (first + second).encode(), "targets.yaml": b"date: 2026-01-01\n"}
    known = contents_as_of(contents, DAY)
    assert known == {"amendments.yaml": b"\xef\xbb\xbf" + first.encode(), "targets.yaml": contents["targets.yaml"]}
    assert contents_as_of({"waivers.yaml": b"waivers:\n" + second.encode()}, DAY) == {}


def test_what_is_no_utf_8_stays_as_it_is() -> None:
    contents = {
        "amendments.yaml": b"amendments:\n- {date: 2026-01-01} # \xff\n",
        "allocations/a.yaml": b"rule: dams # \xff\n",
        "rules/001-b.yaml": DAMS.encode(),
    }
    assert list(contents_as_of(contents, DAY)) == ["amendments.yaml", "allocations/a.yaml"]
