"""Signatures of OpenSSH over files (`ssh-keygen -Y`), made and checked by OpenSSH itself.

What a signature was made for is its namespace: one made for another period, or for a result, is none here.
"""

import re
from pathlib import Path

from engine.model.noun import dataclass
from engine.model.period import Period

#: What a signature is called, beside its file.
SUFFIX = ".sig"

#: The namespace of results, and of receipts that lie beside them.
RESULT = "biaochi-result"

_GOOD = re.compile(r'Good "(?P<namespace>[^"]*)" signature with \S+ key (?P<fingerprint>SHA256:\S+)')


class SigningUnavailable(Exception):
    """OpenSSH is not here, or too old to sign files; the text says which."""


class NotSigned(Exception):
    """OpenSSH made no signature; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a signature turned out to be: the key that made it, or None where it does not fit the file."""

    fingerprint: str | None


def namespace_of(period: Period) -> str:
    """The namespace of what comes in for a period.

    >>> namespace_of(Period.parse("2025Q2"))
    'biaochi-submission-2025Q2'
    """
    return f"biaochi-submission-{period.label}"


def check_signature(content: bytes, signature: Path, namespace: str) -> Seal:
    """Hold the signature in a file against the bytes that it is said to sign.

    Whose key it was is not asked. Errors: SigningUnavailable.
    """
    said, code = _run(["-Y", "check-novalidate", "-n", namespace, "-s", str(signature)], content)
    good = _GOOD.search(said) if code == 0 else None
    return Seal(good["fingerprint"] if good and good["namespace"] == namespace else None)


def make_signature(content: bytes, key: Path, namespace: str) -> str:
    """The signature of bytes with a private key, or with a public one whose private half an agent holds.

    Errors: SigningUnavailable, NotSigned.
    """
    said, code = _run(["-Y", "sign", "-q", "-f", str(key), "-n", namespace], content)
    if code:
        raise NotSigned(said.strip().splitlines()[-1] if said.strip() else f"exit code {code}")
    return said


def _run(arguments: list[str], content: bytes) -> tuple[str, int]:
    # Imported here: few books are signed.
    import subprocess

    try:
        ran = subprocess.run(["ssh-keygen", *arguments], input=content, capture_output=True, check=False)
    except OSError as error:
        raise SigningUnavailable(f"ssh-keygen: {error.strerror}") from error
    complaint = ran.stderr.decode(errors="replace")
    if "unknown option" in complaint or "illegal option" in complaint or "Unsupported operation" in complaint:
        raise SigningUnavailable("ssh-keygen -Y")
    said = ran.stdout.decode(errors="replace")
    return (said if ran.returncode == 0 else complaint), ran.returncode
