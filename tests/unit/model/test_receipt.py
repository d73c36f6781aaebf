from engine.model.receipt import NOTHING, Inputs, Receipt


def test_a_result_of_nothing_names_no_file() -> None:
    assert Inputs({}, {}) == NOTHING


def test_a_receipt_begins_a_chain_unless_told() -> None:
    assert Receipt("sha256:0", {}, {}, {}).previous is None
