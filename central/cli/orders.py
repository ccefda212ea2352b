"""`central order`: plan, decide, show.

Never decides: the server does, by its one table of an order's life.
"""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

import typer

from central.cli.asking import By, Server, by_whom, connect, explain
from central.cli.showing import order_lines, table, with_names
from floor.events import Fate
from floor.refusals import Refusal

app = typer.Typer(help="Production orders.", no_args_is_help=True)

Order = Annotated[str, typer.Argument(help="The order's number.")]
Reason = Annotated[str | None, typer.Option(help="Why, in a few words.")]


@app.command()
def draft(
    order: Order,
    item: Annotated[str, typer.Argument(help="What is to be made.")],
    quantity: Annotated[str, typer.Argument(help="How many.")],
    due: Annotated[str | None, typer.Option(help="By when, as 2027-04-30.")] = None,
    customer: Annotated[str | None, typer.Option(help="For whom.")] = None,
    sales_order: Annotated[str | None, typer.Option(help="The sales order's number.")] = None,
    by: By = None,
    server: Server = None,
) -> None:
    """Write an order down, or rewrite a draft."""
    content = {"order": order, "item": item, "quantity": quantity, "due": due, "by": by_whom(by)}
    content |= {"customer": customer, "sales_order": sales_order}
    with connect(server) as central:
        _say(central.post("/orders", content))


def _say(answer: dict[str, Any]) -> None:
    typer.echo(f"Order {answer['order']} is {answer['state']}.")


@app.command()
def confirm(order: Order, by: By = None, server: Server = None) -> None:
    """Commit the plant: BOM and route are locked, slips can be issued."""
    with connect(server) as central:
        _say(central.post(f"/orders/{quote(order)}/confirm", {"by": by_whom(by)}))


@app.command()
def cancel(order: Order, reason: Reason = None, by: By = None, server: Server = None) -> None:
    """Withdraw an order; what was made stays counted."""
    content = {"by": by_whom(by), "reason": reason}
    with connect(server) as central:
        _say(central.post(f"/orders/{quote(order)}/cancel", content))


@app.command()
def complete(
    order: Order,
    fate: Annotated[Fate | None, typer.Option(help="What becomes of everything that is left.")] = None,
    by: By = None,
    server: Server = None,
) -> None:
    """End an order; without a fate, what is left is listed and nothing is done."""
    path = f"/orders/{quote(order)}"
    with connect(server) as central:
        left: list[dict[str, Any]] = central.get(path)["left_over"] if fate else []
        remains = [{**line, "fate": fate} for line in left]
        status, answer = central.try_post(f"{path}/complete", {"by": by_whom(by), "remains": remains})
        if status == HTTPStatus.OK:
            _say(answer)
            return
        if answer.get("refusal") == Refusal.REMAINS_UNEXPLAINED.value:
            columns = ("slip", "step", "still_here", "review", "missing")
            for line in table(with_names(central.get(path)["left_over"]), columns):
                typer.echo(line)
            answer["hint"] = f"Say what becomes of it: --fate {', '.join(Fate)}."
        explain(answer, status)


@app.command()
def show(order: Order, server: Server = None) -> None:
    """Show an order with its steps and slips."""
    with connect(server) as central:
        detail = central.get(f"/orders/{quote(order)}")
    for line in order_lines(detail["board"]):
        typer.echo(line)
    if detail["slips"]:
        typer.echo("")
        for line in table(with_names(detail["slips"]), ("slip", "quantity", "copies", "output")):
            typer.echo(line)


@app.command("list")
def list_orders(server: Server = None) -> None:
    """List all orders."""
    with connect(server) as central:
        orders = central.get("/orders")
    for line in table(
        orders, ("order", "state", "item", "item_name", "quantity", "output", "due", "customer")
    ):
        typer.echo(line)
