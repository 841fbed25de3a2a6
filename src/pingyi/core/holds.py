"""Rows that a deed needs to stay as they are, without being the only one who needs it."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def hold(rows: QuerySet[Any]) -> None:
    """Rows stay as they are until the transaction ends: whoever changes one of them waits.

    Others may hold them too, so that deeds go on beside each other. What was read of them before
    may be out of date: read it afterwards. On SQLite transactions that write wait for each other
    anyway.
    """
    if not connection.features.has_select_for_update:
        return
    keys = rows.order_by("pk").values_list("pk")
    sql, params = keys.query.get_compiler(connection=connection).as_sql()
    table = connection.ops.quote_name(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        # Always in one order, so that two who hold and change several do not wait for each other.
        cursor.execute(f"{sql} FOR SHARE OF {table}", params)


def hold_name(name: str) -> None:
    """What has this name stays as it is until the transaction ends; others may hold it too.

    The first lock of a deed, before any row, so that nobody who waits for it keeps others waiting.
    """
    _by_name("pg_advisory_xact_lock_shared", name)


def lock_name(name: str) -> None:
    """What has this name is for one deed alone until the transaction ends; likewise the first."""
    _by_name("pg_advisory_xact_lock", name)


def _by_name(lock: str, name: str) -> None:
    """SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [name])
