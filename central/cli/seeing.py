"""`central trace`, `board`, `flags`, `settle`: what happened, what is going on, what is in doubt.

Never computes: the server's answers are laid out.
"""

from typing import Annotated
from urllib.parse import quote

import typer

from central.cli.asking import By, Server, by_whom, connect
from central.cli.showing import board_lines, flag_lines, lot_lines, trace_lines


def trace(
    number: Annotated[
        str | None, typer.Argument(help="An order's number, or a slip's name, number or code.")
    ] = None,
    lot: Annotated[
        str | None, typer.Option(help="A lot, by its number or its label's code; or a piece's serial number.")
    ] = None,
    server: Server = None,
) -> None:
    """Print the full history of a slip or an order, or where a lot went."""
    if (number is None) == (lot is None):
        raise typer.BadParameter("give an order's or a slip's number, or --lot with a lot's")
    with connect(server) as central:
        if lot is not None:
            lines = lot_lines(central.get(f"/lots/{quote(lot, safe='')}"))
        else:
            lines = trace_lines(central.get(f"/trace/{quote(number or '')}"))
    for line in lines:
        typer.echo(line)


def board(server: Server = None) -> None:
    """Print the plant at a glance."""
    with connect(server) as central:
        found = central.get("/board")
    for line in board_lines(found):
        typer.echo(line)


def flags(server: Server = None) -> None:
    """List the doubts that stand."""
    with connect(server) as central:
        found = central.get("/flags")
    for line in flag_lines(found):
        typer.echo(line)


def settle(
    flag: Annotated[str, typer.Argument(help="The flag's name, as `central flags` lists it.")],
    reason: Annotated[str, typer.Option(help="The explanation.")],
    order: Annotated[str | None, typer.Option(help="Of which order.")] = None,
    slip: Annotated[str | None, typer.Option(help="Of which slip: its name, number or code.")] = None,
    step: Annotated[int | None, typer.Option(help="At which step.")] = None,
    event: Annotated[str | None, typer.Option(help="Which event, for quarantined and altered.")] = None,
    by: By = None,
    server: Server = None,
) -> None:
    """Explain a doubt, so that it stands no longer."""
    content = {"flag": flag, "reason": reason, "order": order, "slip": slip, "step": step}
    with connect(server) as central:
        central.post("/flags/settle", {**content, "event": event, "by": by_whom(by)})
    typer.echo(f"Settled: {flag}.")
