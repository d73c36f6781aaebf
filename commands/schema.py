"""`biaochi schema`: the JSON Schemas of documents and files."""

from pathlib import Path

import click

from commands.shared import offers
from commands.shared.output import deliver
from commands.shared.speech import Command, nearest_names, refusal, said
from engine.names import NameIndex


@click.command(cls=Command)
@click.argument("name", shell_complete=offers.schemas)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file, whole or not at all; with `all`, one file each into this folder.",
)
def schema(name: str, output: Path | None) -> None:
    """The JSON Schema of a document or of a file of a book (NAME `list` names them, `all` writes them)."""
    from engine.report.schemas import read_schema, schema_names

    names = schema_names()
    if name == "all":
        _deliver_all({f"{each}.json": read_schema(each) for each in names}, output)
        return
    if output and output.is_dir():
        raise refusal("{output} is a folder; name a file, or write all schemas with `schema all`", output=output)
    text = "\n".join(names) + "\n" if name == "list" else None
    if text is None:
        if name not in names:
            nearest = NameIndex({each: each for each in names}).nearest(name)
            raise click.UsageError(said("there is no schema {name}", name=name) + nearest_names(nearest))
        text = read_schema(name)
    deliver(text, {"output": output, "quiet": False})


def _deliver_all(texts: dict[str, str], folder: Path | None) -> None:
    from engine.report.write import make_folder

    if folder is None:
        raise refusal("name the folder into which all of them are written: -o DIR")
    try:
        make_folder(folder)
    except OSError as error:
        raise refusal("{folder} cannot be made: {problem}", folder=folder, problem=error.strerror) from error
    for name, text in texts.items():
        deliver(text, {"output": folder / name, "quiet": False})
