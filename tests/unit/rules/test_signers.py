import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.signer import Signer
from engine.rules.signers import fingerprint_of, read_signers
from tests.unit.small import codes, node_of

#: Made for these tests; nobody holds its other half.
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAmeF/V4y2HPE9qwpFTzmser9h8zynh+/NBuJiNkK/uo"
WORDS = {"水利局": ("水利局",), "縣水利局": ("水利局",), "各鎮": ("東鎮", "西鎮")}


def read(*entries: str) -> tuple[tuple[Signer, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_signers(node_of("signers:\n" + "".join(f"- {{{each}}}\n" for each in entries)), WORDS, found), found


@pytest.mark.parametrize("name", ["水利局", "縣水利局", "县水利局"])
def test_a_key_is_that_of_an_organization_by_any_of_its_names(name: str) -> None:
    signers, found = read(f"organization: {name}, key: {KEY} someone@somewhere")
    assert (found, [(each.name, each.office) for each in signers]) == ([], [("水利局", False)])


def test_the_office_is_nobody_of_the_book() -> None:
    signers, found = read(f"office: 督查室, key: {KEY}")
    assert (found, [(each.name, each.office) for each in signers]) == ([], [("督查室", True)])


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (f"organization: 各鎮, key: {KEY}", "body-unknown"),
        (f"organization: 水力局, key: {KEY}", "body-unknown"),
        (f"key: {KEY}", "key-missing"),
        (f"organization: 水利局, office: 督查室, key: {KEY}", "key-missing"),
        ("organization: 水利局", "key-missing"),
        ("organization: 水利局, key: ssh-ed25519", "key-unreadable"),
        (f"organization: 水利局, key: {KEY[:-3]}", "key-unreadable"),
        (f"organization: 水利局, key: {KEY[:-4]}", "key-unreadable"),
        (f"organization: 水利局, key: {KEY}, from: 2025-02-01, until: 2025-01-01", "key-dates-crossed"),
    ],
)
def test_what_is_no_key_of_anybody_is_named_and_signs_nothing(entry: str, code: str) -> None:
    signers, found = read(entry)
    assert codes(found) == [code]
    assert [each.fingerprint for each in signers] == [""] * len(signers)
    # A body that is known has a key, though none that can be used: without a signature its figures do not count.
    assert len(signers) == (code not in ("body-unknown", "key-missing") or "key:" not in entry)


def test_a_key_of_two_is_that_of_the_first() -> None:
    signers, found = read(f"organization: 水利局, key: {KEY}", f"office: 督查室, key: {KEY}")
    assert codes(found) == ["key-repeated"]
    assert [(each.name, each.fingerprint != "") for each in signers] == [("水利局", True), ("督查室", False)]


def test_the_fingerprint_is_that_of_openssh() -> None:
    assert fingerprint_of(KEY) == "SHA256:mYJsMu7no3srBe2j9Hnva1+necEmGceDYlPX9Uq4FWI"
