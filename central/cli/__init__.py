"""The command line: `serve` is the server, every other command asks a running one over HTTP.

Never opens a database beside a server: on SQLite there is one process (PROTOCOL section 2).
"""

from pathlib import Path
from typing import Annotated

import typer

from central.cli import orders, plant, seeing
from central.cli.asking import Server, connect

app = typer.Typer(
    name="central",
    help="The plant's server, and what one asks of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(orders.app, name="order")
app.add_typer(plant.station_app, name="station")
app.command("load")(plant.load)
app.command("trace")(seeing.trace)
app.command("board")(seeing.board)
app.command("flags")(seeing.flags)
app.command("settle")(seeing.settle)


@app.command()
def serve(
    config: Annotated[Path | None, typer.Option(help="Settings file; its table [central] is read.")] = None,
    database: Annotated[str | None, typer.Option(help="sqlite:///FILE or postgresql://…")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    data_dir: Annotated[
        Path | None, typer.Option(help="Directory of the token and of SQLite's file.")
    ] = None,
) -> None:
    """Serve stations, pages and the API until stopped."""
    from central.cli import serving

    serving.serve(config, {"database": database, "host": host, "port": port, "data_dir": data_dir})


@app.command()
def rebuild(server: Server = None) -> None:
    """Make the boards again from the ledger."""
    with connect(server) as central:
        made = central.post("/board/rebuild", {})
    typer.echo(f"Rebuilt: {made['counted']} events count, {made['set_aside']} are set aside.")


def main() -> None:
    """The command itself."""
    app()


__all__ = ["app", "main"]
