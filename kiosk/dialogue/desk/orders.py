"""What the desk asks of an order: what it counts in.

Never issues anything.
"""

from floor.progress import OrderProgress
from floor.quantities import PIECES, Unit


def unit_of(order: OrderProgress) -> Unit:
    """What the order counts in."""
    return order.life.confirmed.unit if order.life.confirmed else PIECES
