"""Naming engines and files; what an engine does is tried in tests/test_spark.py."""

from pathlib import Path

import pytest

from engine.spark.session import as_seen, decoded, is_master, missing_packages, shown


@pytest.mark.parametrize(
    "url", ["local", "local[2]", "local-cluster[2,1,1024]", "spark://host:7077", "sc://host:15002", "yarn", "k8s://a"]
)
def test_masters(url: str) -> None:
    assert is_master(url)


@pytest.mark.parametrize("url", ["", "http://host", "spark://", "sc:", "duckdb", "local[2"])
def test_what_is_no_master(url: str) -> None:
    assert not is_master(url)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.spark.session.find_spec", lambda name: None if name in ("grpc", "pandas") else name)
    assert missing_packages("sc://host:1") == ["grpc", "pandas"]
    assert missing_packages("local[2]") == []


def test_secrets_are_not_shown() -> None:
    assert shown("sc://me:word@host:15002/;token=secret;user_id=me") == "sc://host:15002/"
    assert shown("local[2]") == "local[2]"


def test_a_path_is_a_name_and_no_pattern() -> None:
    assert as_seen(Path("/a b/[一]{x}*?.parquet")) == "file:///a b/\\[一\\]\\{x\\}\\*\\?.parquet"


@pytest.mark.parametrize("place", ["file:/a%20b/%E4%B8%80/100%25.parquet", "file:///a%20b/一/100%25.parquet"])
def test_files_are_known_however_the_engine_writes_them(place: str) -> None:
    assert decoded(place) == "/a b/一/100%.parquet"
