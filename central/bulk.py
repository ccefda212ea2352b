"""Many rows in one statement, on both engines.

Never row by row on PostgreSQL: columns travel as arrays, so that a batch costs one round trip.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Connection, Table, bindparam, func, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import Insert, insert


def insert_all(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], or_ignore: bool = False
) -> None:
    """Inserts rows that all have the same columns; with `or_ignore` only those whose key is new."""
    if not rows:
        return
    columns = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        arrays = {column: [row[column] for row in rows] for column in columns}
        connection.execute(_from_arrays(table, columns, or_ignore), arrays)
    elif or_ignore:
        connection.execute(plain_insert(table).prefix_with("OR IGNORE"), rows)
    else:
        connection.execute(plain_insert(table), rows)


@cache
def _from_arrays(table: Table, columns: tuple[str, ...], or_ignore: bool) -> Insert:
    """`INSERT INTO … SELECT … FROM unnest(…)`, one array a column."""
    arrays = [bindparam(column, type_=ARRAY(table.c[column].type)) for column in columns]
    rows = func.unnest(*arrays).table_valued(*columns).render_derived()
    statement = insert(table).from_select(columns, select(*rows.c))
    return statement.on_conflict_do_nothing() if or_ignore else statement
