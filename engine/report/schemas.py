"""The JSON Schemas that ship with the package: every document and every file of a book."""

from importlib.resources import files


def schema_names() -> list[str]:
    """The names that `biaochi schema` knows, sorted."""
    folder = files("engine").joinpath("schemas")
    return sorted(entry.name.removesuffix(".json") for entry in folder.iterdir() if entry.name.endswith(".json"))


def read_schema(name: str) -> str:
    """The text of one schema, as it is shipped.

    Errors: FileNotFoundError for a name that `schema_names` does not list.
    """
    return files("engine").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
