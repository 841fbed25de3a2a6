"""Can the database hold what the tables promise, and does it?"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError, connection, connections
from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import why_access_is_not_sealed
from pingyi.core.aliases import alias_of, waiting_migrations
from pingyi.core.filling import one
from pingyi.core.vendors import why_not_this_vendor
from pingyi.ledger.queries import why_not_sealed

Fault = tuple[str, str]
# Subtrees are ranges of such texts, which every collation has to put in this order.
PATHS = ("00001/", "00001/00002/", "00001/00002/00001/", "00001/00010/", "00002/")
# As Django writes them in tables and indexes, and as others may.
NAMES = re.compile(r'(?:CONSTRAINT|INDEX)\s+"?(\w+)', re.IGNORECASE)


def name_and_version() -> str:
    """Which database it is."""
    sql = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
    return f"{connection.display_name} {one(sql)}"


def faults_of_database() -> Iterator[Fault]:
    """What is wrong and how to mend it: the first thing that hides all others, else all."""
    refusal = why_not_this_vendor()
    if refusal is not None:
        yield str(refusal), _("Set PINGYI_DATABASE_URL.")
        return
    try:
        waiting = [name for alias in connections for name in waiting_migrations(alias)]
    except DatabaseError as error:
        told = _("it cannot be used: %(error)s") % {"error": "; ".join(str(error).split("\n"))}
        yield told, _("Start it, or set PINGYI_DATABASE_URL.")
        return
    if waiting:
        yield _("it is behind the program"), _("Run: pingyi migrate")
        return
    yield from _faults_of_promises()
    yield from _faults_of_texts()


def _faults_of_promises() -> Iterator[Fault]:
    mend = _("Somebody changed the tables. Restore the last good backup into an empty database.")
    missing = []
    for model in apps.get_models():
        wanted = {constraint.name for constraint in model._meta.constraints}
        if wanted:
            missing += sorted(wanted - _constraints_of(model))
    if missing:
        told = _("constraints are missing: %(names)s") % {"names": ", ".join(missing)}
        yield told, mend
    for refusal in (why_not_sealed(), why_access_is_not_sealed()):
        if refusal is not None:
            yield str(refusal), mend


def _constraints_of(model: type[Model]) -> set[str]:
    """The names of its constraints; SQLite has them, among other names, in what made it: Django
    reads that word by word, which takes a second for all tables.
    """
    table, here = model._meta.db_table, connections[alias_of(model._meta.app_label)]
    with here.cursor() as cursor:
        if here.vendor != "sqlite":
            return set(here.introspection.get_constraints(cursor, table))
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s", [table])
        return {name for (made,) in cursor.fetchall() for name in NAMES.findall(made or "")}


def _faults_of_texts() -> Iterator[Fault]:
    mend = _("Make a database with the encoding UTF8 and the collation C.UTF-8.")
    if connection.vendor == "postgresql" and (encoding := one("SHOW server_encoding")) != "UTF8":
        yield _("it keeps texts as %(encoding)s") % {"encoding": encoding}, mend
    rows = " UNION ALL ".join(["SELECT %s AS path"] * len(PATHS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT path FROM ({rows}) AS paths ORDER BY path", PATHS[::-1])  # noqa: S608  no word of anybody
        if tuple(path for (path,) in cursor.fetchall()) != PATHS:
            yield _("it puts texts in an order of its own"), mend
