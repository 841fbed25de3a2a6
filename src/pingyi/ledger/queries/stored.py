"""Columns as the database holds them, before any driver or Django has read them as something."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Func, Model
from django.db.models.sql.compiler import SQLCompiler

from pingyi.ledger import rules
from pingyi.ledger.doors import kind_of


class Stored(Func):
    """A column as it is stored: on SQLite a number, a text or bytes; days and moments as texts."""

    arity = 1
    # Of an expression SQLite knows no declared type by which its driver would convert it.
    template = "+%(expressions)s"

    def __init__(self, column: str, kind: str = "") -> None:
        super().__init__(column, output_field=Field())
        self.kind = kind

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, Sequence[Any]]:
        """Days and moments as texts of ISO 8601, as Python knows none beyond the year 9999."""
        is_dated = self.kind in ("DateField", "DateTimeField")
        template = "to_json(%(expressions)s)#>>'{}'" if is_dated else "%(expressions)s"
        return self.as_sql(compiler, connection, template=template)


def columns_of(
    model: type[Model], without: Collection[str], vendor: str
) -> tuple[list[rules.Column], list[Stored]]:
    """The columns for which the ledger stands, by name, and how each of them is read."""
    fields = sorted(
        (
            field
            for field in model._meta.concrete_fields
            if not field.primary_key and field.attname not in without
        ),
        key=lambda field: field.attname,
    )
    return (
        [rules.Column(field.attname, _form_of(field, vendor), field.null) for field in fields],
        [Stored(field.attname, kind_of(field)) for field in fields],
    )


def _form_of(field: "Field[Any, Any]", vendor: str) -> rules.Form:
    kind = kind_of(field)
    form = rules.FORMS[vendor][kind]
    if kind == "JSONField":
        return rules.empty_as(form, field.get_default() if field.has_default() else None)
    return form


@contextmanager
def damaged_text_readable(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Text of SQLite that is no UTF-8 is read as what no text can hold, instead of ending it all.

    PostgreSQL keeps no such text.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    usual = raw.text_factory
    raw.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = usual
