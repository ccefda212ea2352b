"""`central load` and `central station`: what the plant is.

Never judges a file: the server does, for every client alike.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from central.cli.asking import By, Server, by_whom, connect, fail
from central.loading.reading import FILE_CHARS_MAX

SUFFIXES: Final = (".toml", ".csv")
FILES_MAX: Final = 32

station_app = typer.Typer(help="Terminals and their tokens.", no_args_is_help=True)


def load(
    directory: Annotated[Path, typer.Argument(help="Directory with plant.toml and the CSV files.")],
    dry_run: Annotated[bool, typer.Option(help="Say what would be added, and add nothing.")] = False,
    by: By = None,
    server: Server = None,
) -> None:
    """Load a plant: all of it, or nothing when a file is broken."""
    files = read_directory(directory)
    with connect(server) as central:
        answer = central.post("/load", {"files": files, "dry_run": dry_run, "by": by_whom(by)})
    said = "Would add" if dry_run else "Added"
    for kind, count in answer["added"].items():
        typer.echo(f"{said} {count:>5}  {kind.replace('_', ' ')}")
    if not answer["added"]:
        typer.echo("Nothing to add: the plant knows all of this.")


def read_directory(directory: Path) -> dict[str, str]:
    """The text of every TOML and CSV file in it."""
    if not directory.is_dir():
        fail(f"{directory} is not a directory.")
    paths = sorted(path for path in directory.iterdir() if path.suffix in SUFFIXES)
    if len(paths) > FILES_MAX:
        fail(f"{directory} holds more than {FILES_MAX} files.")
    return {path.name: _read(path) for path in paths}


def _read(path: Path) -> str:
    if path.stat().st_size > FILE_CHARS_MAX:
        fail(f"{path.name} is larger than {FILE_CHARS_MAX} bytes.")
    octets = path.read_bytes()
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as error:
        row = octets[: error.start].count(b"\n") + 1
        fail(f"{path.name}, row {row}: expected UTF-8 text. Nothing was changed.")


@station_app.command("add")
def add_station(
    station: Annotated[str, typer.Argument(help="The station's number or name.")],
    work_centre: Annotated[
        str | None, typer.Option(help="Defines a new station, which stands there.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The name of a new station.")] = None,
    replace: Annotated[bool, typer.Option(help="Make a token that exists worthless.")] = False,
    server: Server = None,
) -> None:
    """Print a station's token, once."""
    content = {"station": station, "work_centre": work_centre, "name": name, "replace": replace}
    with connect(server) as central:
        typer.echo(central.post("/stations", content)["token"])
