"""Signed submissions and results: who has a key submits for himself, and nothing signed can be exchanged unseen."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from cli import cli

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not here")

#: Illustrative: nobody issued this plan, and nobody reported these figures.
FILES = {
    "targets.yaml": """\
plan: {title: 簽名示例, year: 2025, date: 2025-01-20}
clauses:
- clause: '1'
  lead: [水利局]
  targets:
  - {id: canals, quote: 整修灌渠80公里, kind: total, comparator: at_least, value: 80, unit: 公里}
- clause: '2'
  lead: [林業局]
  targets:
  - {id: forest, quote: 造林300畝, kind: total, comparator: at_least, value: 300, unit: 畝}
""",
    "organizations.yaml": """\
organizations:
- {name: 水利局, tier: city-department}
- {name: 林業局, tier: city-department}
""",
    "rules/001-canals.yaml": """\
clause: '1'
indicators:
- {id: canals, name: 整修灌渠里程, unit: 公里}
rules:
- id: canals
  target: canals
  indicator: canals
  kind: total
  comparator: at_least
  threshold: 80 公里
  judged: {lead: city}
""",
    "rules/002-forest.yaml": """\
clause: '2'
indicators:
- {id: forest, name: 造林面積, unit: 畝}
rules:
- id: forest
  target: forest
  indicator: forest
  kind: total
  comparator: at_least
  threshold: 300 畝
  judged: {lead: city}
""",
    "submissions/2025Q2/canals.yaml": "organization: 水利局\nfigures: {canals: 41 公里}\n",
    "submissions/2025Q2/forest.csv": "organization,indicator,value\n林業局,forest,160 畝\n",
}
CANALS, FOREST = Path("submissions/2025Q2/canals.yaml"), Path("submissions/2025Q2/forest.csv")
MANIFEST, INSPECTIONS = CANALS.with_name("manifest.yaml"), CANALS.with_name("inspections.yaml")


def write_files(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A key for each body, one for the office, and one that nobody listed."""
    folder = tmp_path_factory.mktemp("keys")
    made = {}
    for name in ("water", "woods", "office", "stranger"):
        made[name] = folder / name
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(made[name])],
            check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return made


def public(key: Path) -> str:
    return " ".join(key.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])


def signers_of(keys: dict[str, Path], more: str = "") -> str:
    return (
        "signers:\n"
        f"- {{organization: 水利局, key: {public(keys['water'])}{more}}}\n"
        f"- {{organization: 林业局, key: {public(keys['woods'])}}}\n"
        f"- {{office: 縣政府督查室, key: {public(keys['office'])}}}\n"
    )


@pytest.fixture
def book(tmp_path: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book whose two bodies have keys, with a submission of each, signed."""
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {**FILES, "signers.yaml": signers_of(keys)})
    sign(keys["water"], CANALS)
    sign(keys["woods"], FOREST)
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)


def sign(key: Path, *files: Path, period: str | None = None) -> None:
    ran = run("sign", *files, "--key", key, *(["--period", period] if period else []))
    assert ran.exit_code == 0, ran.output


def check(*arguments: object) -> dict[str, object]:
    ran = run("check", "submissions/2025Q2", "--format", "json", "--no-cache", *arguments)
    document = json.loads(ran.stdout)
    return {
        "code": ran.exit_code,
        "verdicts": {each["rule"]: each["verdict"] for each in document["verdicts"]},
        "findings": [(each["code"], each["source"]["file"]) for each in document["findings"]],
    }


def found(*arguments: object) -> list[tuple[str, str]]:
    return check(*arguments)["findings"]  # type: ignore[return-value]


SOUND = {"code": 0, "verdicts": {"canals": "pass", "forest": "pass"}, "findings": []}


def test_what_every_body_signed_is_judged(book: Path) -> None:
    assert check() == SOUND


def test_a_signature_says_for_what_it_was_made(book: Path, keys: dict[str, Path]) -> None:
    assert run("sign", CANALS, "--key", keys["water"]).stdout == f"{CANALS}.sig: a signature for 2025Q2\n"


def test_it_is_one_of_openssh_over_the_file_itself(book: Path, keys: dict[str, Path]) -> None:
    listed = book / "allowed"
    listed.write_text(f"水利局 {public(keys['water'])}\n", encoding="utf-8")
    words = ["ssh-keygen", "-Y", "verify", "-f", str(listed), "-I", "水利局", "-n", "biaochi-submission-2025Q2"]
    subprocess.run([*words, "-s", f"{CANALS}.sig"], input=CANALS.read_bytes(), check=True, capture_output=True)


@pytest.mark.parametrize("file", [CANALS, FOREST])
def test_without_its_signature_a_body_s_figures_count_for_nothing(book: Path, file: Path) -> None:
    Path(f"{file}.sig").unlink()
    answer = check()
    assert answer["code"] == 3
    assert answer["findings"] == [("signature-missing", str(file))]
    assert sorted(answer["verdicts"].values()) == ["pass", "undecided"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", [CANALS, FOREST])
@pytest.mark.parametrize("other", ["stranger", "woods", "water"])
def test_a_body_submits_for_itself_alone(book: Path, keys: dict[str, Path], file: Path, other: str) -> None:
    if (file, other) in ((CANALS, "water"), (FOREST, "woods")):
        pytest.skip("that is its own key")
    sign(keys[other], file)
    code = "signer-unknown" if other == "stranger" else "signed-by-another"
    place = f"{file}.sig" if other == "stranger" else str(file)
    assert (found(), check()["code"]) == ([(code, place)], 3)


def test_rows_of_others_in_a_signed_table_are_refused_and_its_own_stand(book: Path, keys: dict[str, Path]) -> None:
    CANALS.unlink()
    Path(f"{CANALS}.sig").unlink()
    FOREST.write_text(FOREST.read_text(encoding="utf-8") + "水利局,canals,80 公里\n", encoding="utf-8")
    sign(keys["woods"], FOREST)
    answer = check()
    assert answer["findings"] == [("signed-by-another", str(FOREST))]
    assert answer["verdicts"] == {"canals": "undecided", "forest": "pass"}


def test_what_comes_on_paper_the_office_enters_for_anybody(book: Path, keys: dict[str, Path]) -> None:
    sign(keys["office"], CANALS, FOREST)
    assert check() == SOUND


def test_a_body_without_a_key_needs_no_signature(book: Path, keys: dict[str, Path]) -> None:
    Path("signers.yaml").write_text(
        f"signers:\n- {{organization: 水利局, key: {public(keys['water'])}}}\n", encoding="utf-8"
    )
    Path(f"{FOREST}.sig").unlink()
    assert check() == SOUND


def test_nor_does_anybody_in_a_book_without_signers(book: Path) -> None:
    Path("signers.yaml").unlink()
    assert check() == SOUND


def test_what_was_signed_for_one_period_is_none_for_another(book: Path) -> None:
    shutil.copytree("submissions/2025Q2", "submissions/2025Q3")
    ran = run("check", "submissions/2025Q3", "--format", "json", "--no-cache")
    codes = {(each["code"], each["source"]["file"]) for each in json.loads(ran.stdout)["findings"]}
    assert codes == {
        ("signature-broken", "submissions/2025Q3/canals.yaml.sig"),
        ("signature-broken", "submissions/2025Q3/forest.csv.sig"),
    }
    assert ran.exit_code == 3


def test_a_signature_of_a_result_is_none_of_a_submission(book: Path, keys: dict[str, Path]) -> None:
    said = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-q", "-f", str(keys["water"]), "-n", "biaochi-result"],
        input=CANALS.read_bytes(), check=True, capture_output=True,
    )  # fmt: skip
    Path(f"{CANALS}.sig").write_bytes(said.stdout)
    assert found() == [("signature-broken", f"{CANALS}.sig")]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (", from: 2025-06-30", None),
        (", until: 2025-06-30", None),
        (", from: 2025-07-01", "signer-too-late"),
        (", until: 2025-06-29", "signer-too-late"),
    ],
)
def test_a_key_signs_for_periods_that_end_within_its_time(
    book: Path, keys: dict[str, Path], days: str, code: str | None
) -> None:
    Path("signers.yaml").write_text(signers_of(keys, days), encoding="utf-8")
    assert found() == ([(code, f"{CANALS}.sig")] if code else [])


@pytest.mark.parametrize("seed", range(24))
def test_one_changed_byte_of_what_is_signed_is_named(book: Path, seed: int) -> None:
    random = Random(seed)
    file = random.choice([CANALS, FOREST, Path(f"{CANALS}.sig"), Path(f"{FOREST}.sig")])
    before = file.read_bytes()
    content = bytearray(before)
    place = random.randrange(len(content))
    content[place] ^= 1 << random.randrange(7)
    file.write_bytes(content)
    own = file.with_suffix("") if file.suffix == ".sig" else file
    answer = check()
    named = [name for code, name in answer["findings"]]  # type: ignore[attr-defined]
    if answer == SOUND:
        # Between the lines of a signature OpenSSH takes one control sign for another.
        assert (file.suffix, before[place : place + 1]) == (".sig", b"\n")
    else:
        assert any(name.startswith(str(own)) for name in named)
        assert answer["code"] == 3


#: What takes the place of figures that came in, both below what is due.
SETTING_ASIDE = {
    MANIFEST: """\
received:
- {file: canals.yaml, date: 2025-07-01}
- {file: forest.csv, date: 2025-07-01}
- {file: more.yaml, date: 2025-07-02, replaces: canals.yaml, reason: 核減}
""",
    INSPECTIONS: """\
inspections:
- {organization: 水利局, indicator: canals, value: 10 公里, document: 督查通報, date: 2025-07-05}
""",
}


@pytest.mark.parametrize("file", SETTING_ASIDE)
@pytest.mark.parametrize("by", ["office", "water", None])
def test_only_the_office_sets_figures_aside(book: Path, keys: dict[str, Path], file: Path, by: str | None) -> None:
    file.write_text(SETTING_ASIDE[file], encoding="utf-8")
    if file == MANIFEST:
        more = CANALS.with_name("more.yaml")
        more.write_text("organization: 水利局\nfigures: {canals: 10 公里}\n", encoding="utf-8")
        sign(keys["water"], more)
    if by:
        sign(keys[by], file)
    answer = check()
    codes = [code for code, _ in answer["findings"]]  # type: ignore[attr-defined]
    trusted = by == "office"
    assert ("office-signature-missing" in codes) is not trusted
    assert (answer["verdicts"]["canals"] == "fail") is trusted  # type: ignore[index]
    assert (answer["code"] == 3) is not trusted


def test_what_is_only_called_like_a_signature_is_named(book: Path) -> None:
    Path(f"{CANALS}.sig").rename(f"{CANALS}.SIG")
    assert set(found()) == {("signature-missing", str(CANALS)), ("format-unknown", f"{CANALS}.SIG")}


def test_a_signature_without_its_file_is_named(book: Path) -> None:
    CANALS.with_name("gone.yaml.sig").write_text("x", encoding="utf-8")
    assert found() == [("signature-alone", "submissions/2025Q2/gone.yaml.sig")]


def test_results_are_signed_by_the_office(book: Path, keys: dict[str, Path]) -> None:
    assert run("check", "submissions/2025Q2", "--format", "json", "-o", "q2.json", "--no-cache").exit_code == 0
    unsigned = run("verify", "q2.json")
    assert (unsigned.exit_code, "result-unsigned" in unsigned.output) == (0, True)
    assert run("sign", "q2.json", "--key", keys["office"]).stdout == "q2.json.sig: a signature of the result\n"
    signed = run("verify", "q2.json")
    assert (signed.exit_code, signed.stdout) == (
        0,
        "q2.json: the same, made again from its inputs, signed by 縣政府督查室\n",
    )


@pytest.mark.parametrize("by", ["water", "stranger"])
def test_nobody_else_signs_results(book: Path, keys: dict[str, Path], by: str) -> None:
    run("check", "submissions/2025Q2", "--format", "json", "-o", "q2.json")
    sign(keys[by], Path("q2.json"))
    ran = run("verify", "q2.json")
    assert (ran.exit_code, "result-signer-unknown" in ran.output) == (1, True)


def test_a_result_that_was_changed_after_it_was_signed_is_named(book: Path, keys: dict[str, Path]) -> None:
    run("check", "submissions/2025Q2", "--format", "json", "-o", "q2.json")
    sign(keys["office"], Path("q2.json"))
    # A blank more is the same document, and not the file that was signed.
    Path("q2.json").write_bytes(Path("q2.json").read_bytes() + b" ")
    ran = run("verify", "q2.json")
    assert (ran.exit_code, "result-signature-broken" in ran.output) == (1, True)


def test_other_forms_are_signed_by_their_receipt_or_themselves(book: Path, keys: dict[str, Path]) -> None:
    run("check", "submissions/2025Q2", "--format", "csv", "-o", "q2.csv", "--receipt", "q2.csv.receipt.json")
    sign(keys["office"], Path("q2.csv.receipt.json"))
    assert run("verify", "q2.csv").stdout.endswith("signed by 縣政府督查室\n")
    Path("q2.csv.receipt.json.sig").unlink()
    sign(keys["office"], Path("q2.csv"))
    assert run("verify", "q2.csv").stdout.endswith("signed by 縣政府督查室\n")


def test_a_changed_signature_makes_verify_fail_and_name_it(book: Path) -> None:
    run("check", "submissions/2025Q2", "--format", "json", "-o", "q2.json")
    signature = Path(f"{CANALS}.sig")
    signature.write_bytes(signature.read_bytes() + b"\n")
    ran = run("verify", "q2.json")
    assert ran.exit_code == 1
    assert f"{signature}: error [input-changed]" in ran.output


def test_yesterday_s_result_is_verified_after_the_manifest_has_grown(book: Path, keys: dict[str, Path]) -> None:
    before, _, after = SETTING_ASIDE[MANIFEST].rpartition("- {file: more")
    MANIFEST.write_text(before, encoding="utf-8")
    sign(keys["office"], MANIFEST)
    run("check", "submissions/2025Q2", "--format", "json", "-o", "q2.json")
    more = CANALS.with_name("more.yaml")
    more.write_text("organization: 水利局\nfigures: {canals: 10 公里}\n", encoding="utf-8")
    MANIFEST.write_text(f"{before}- {{file: more{after}", encoding="utf-8")
    sign(keys["water"], more)
    sign(keys["office"], MANIFEST)
    assert check()["verdicts"]["canals"] != "pass"  # type: ignore[index]
    ran = run("verify", "q2.json")
    assert (ran.exit_code, "as they were known on 2025-07-01" in ran.stdout) == (0, True), ran.output


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace("ssh-ed25519 A", "ssh-ed25519 B", 1), "key-unreadable"),
        (lambda text: text.replace("ssh-ed25519", "ssh-rsa", 1), "key-unreadable"),
        (lambda text: text.replace("水利局", "水力局"), "body-unknown"),
        (lambda text: text + text.splitlines()[1].replace("水利局", "林業局") + "\n", "key-repeated"),
        (lambda text: text.replace("{organization: 水利局,", "{"), "key-missing"),
        (lambda text: text.replace("{organization", "{office: 督查室, organization"), "key-missing"),
        (lambda text: text.replace("{org", "{from: 2025-05-01, until: 2025-04-01, org", 1), "key-dates-crossed"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_keys_is_named(book: Path, spoil: Callable[[str], str], code: str) -> None:
    path = Path("signers.yaml")
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    ran = run("validate", "--format", "json", "--no-cache")
    assert code in {each["code"] for each in json.loads(ran.stdout)["findings"]}


def test_a_slip_in_the_list_of_keys_lets_nobody_submit_unsigned(book: Path, keys: dict[str, Path]) -> None:
    path = Path("signers.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("ssh-ed25519 A", "ssh-ed25519 B", 1), encoding="utf-8")
    Path(f"{CANALS}.sig").unlink()
    assert check()["verdicts"] == {"canals": "undecided", "forest": "pass"}
    sign(keys["water"], CANALS)
    assert ("signer-unknown", f"{CANALS}.sig") in found()


@pytest.mark.parametrize("tool", [None, "#!/bin/sh\necho 'unknown option -- Y' >&2; exit 1\n"])
def test_without_openssh_nothing_signed_counts_and_nothing_is_signed(
    book: Path, keys: dict[str, Path], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    tool: str | None,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("bin")
    if tool:
        (folder / "ssh-keygen").write_text(tool, encoding="utf-8")
        (folder / "ssh-keygen").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin" if tool else str(folder))
    if tool is None and shutil.which("ssh-keygen"):
        pytest.skip("OpenSSH cannot be hidden here")
    assert {code for code, _ in found()} == {"signatures-unchecked"}
    ran = run("sign", CANALS, "--key", keys["water"])
    assert (ran.exit_code, "OpenSSH 8.2" in ran.output) == (2, True)


@pytest.mark.parametrize("key", ["no-such-key", "signers.yaml"])
def test_a_key_that_is_none_signs_nothing(book: Path, key: str) -> None:
    before = Path(f"{CANALS}.sig").read_bytes()
    ran = run("sign", CANALS, "--key", key)
    assert (ran.exit_code, "was not signed" in ran.output) == (2, True)
    assert Path(f"{CANALS}.sig").read_bytes() == before


def test_a_file_of_no_period_needs_one(book: Path, keys: dict[str, Path]) -> None:
    shutil.copyfile(CANALS, "loose.yaml")
    assert run("sign", "loose.yaml", "--key", keys["water"]).exit_code == 2
    sign(keys["water"], Path("loose.yaml"), period="2025Q2")
    assert run("check", "loose.yaml", "--period", "2025Q2", "--no-cache").exit_code == 0
    assert run("check", "loose.yaml", "--period", "2025Q3", "--no-cache").exit_code == 3


def test_the_same_key_makes_the_same_signature(book: Path, keys: dict[str, Path]) -> None:
    before = Path(f"{CANALS}.sig").read_bytes()
    sign(keys["water"], CANALS)
    assert Path(f"{CANALS}.sig").read_bytes() == before
