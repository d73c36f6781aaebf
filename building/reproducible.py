"""Builds wheel and source distribution with setuptools, and has the same source come to the same bytes.

A build otherwise keeps the hour, the user and the modes of the tree that it was made in.
"""

import gzip
import io
import os
import tarfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import (  # What `pip install -e` asks for needs no hand of ours.
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

#: No archive of either kind can name a day before this one.
_EARLIEST = 315_532_800

_Settings = Mapping[str, object] | None


def build_sdist(sdist_directory: str, config_settings: _Settings = None) -> str:
    """Build the source distribution into that folder; its name."""
    name: str = build_meta.build_sdist(sdist_directory, config_settings)
    path = Path(sdist_directory) / name
    path.write_bytes(_settled_tar(path.read_bytes(), _moment()))
    return name


def build_wheel(wheel_directory: str, config_settings: _Settings = None, metadata_directory: str | None = None) -> str:
    """Build the wheel into that folder; its name."""
    name: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    path = Path(wheel_directory) / name
    path.write_bytes(_settled_zip(path.read_bytes(), _moment()))
    return name


def _moment() -> int:
    return max(int(os.environ.get("SOURCE_DATE_EPOCH") or _EARLIEST), _EARLIEST)


def _settled_tar(archive: bytes, moment: int) -> bytes:
    plain = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive)) as old,
        tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda each: each.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() else 0o644
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member))
    return gzip.compress(plain.getvalue(), mtime=moment)


def _settled_zip(archive: bytes, moment: int) -> bytes:
    plain = io.BytesIO()
    # The order is kept: the record of what is installed comes last.
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(plain, "w") as new:
        for member in old.infolist():
            settled = zipfile.ZipInfo(member.filename, time.gmtime(moment)[:6])
            settled.external_attr = 0o100644 << 16
            settled.compress_type = zipfile.ZIP_DEFLATED
            settled.create_system = 3
            new.writestr(settled, old.read(member))
    return plain.getvalue()
