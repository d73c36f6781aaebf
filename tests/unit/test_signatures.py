import shutil
import subprocess
from pathlib import Path

import pytest

from engine.signatures import RESULT, NotSigned, Seal, check_signature, make_signature, namespace_of
from tests.unit.small import period_of

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not here")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = tmp_path_factory.mktemp("keys") / "key"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return key


def sealed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x.sig"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_signature_names_its_key_and_fits_its_bytes_and_its_purpose_alone(tmp_path: Path, key: Path) -> None:
    said = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True).stdout
    signature = sealed(tmp_path, make_signature(b"21 \xe5", key, RESULT))
    assert check_signature(b"21 \xe5", signature, RESULT) == Seal(said.split()[1])
    assert check_signature(b"22 \xe5", signature, RESULT) == Seal(None)
    assert check_signature(b"21 \xe5", signature, namespace_of(period_of("2025Q2"))) == Seal(None)


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"])
def test_what_is_no_signature_fits_nothing(tmp_path: Path, text: str) -> None:
    assert check_signature(b"", sealed(tmp_path, text), RESULT) == Seal(None)


def test_what_is_no_key_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NotSigned):
        make_signature(b"", tmp_path / "nothing", RESULT)
