from engine import __version__
from engine.followup.receipts import digest_document, own_digest, read_receipt
from engine.model.receipt import Inputs
from engine.verification import make_receipt, with_receipt


def test_a_document_carries_a_receipt_over_everything_else_in_it() -> None:
    inputs = Inputs({"targets.yaml": "sha256:t"}, {"a.yaml": "sha256:a"})
    receipt = make_receipt("sha256:b", inputs, {"format": "json"}, None)
    assert receipt.program["biaochi"] == __version__
    document: dict[str, object] = {"schema": "biaochi.check/1", "verdicts": []}
    signed = with_receipt(document, receipt)
    read = read_receipt(signed["receipt"])
    assert read is not None
    assert (read.result, read.digest) == (digest_document(document), own_digest(read))
    assert (read.book, read.submissions) == (inputs.book, inputs.submissions)
