"""Databases on which the promises of the program hold: partial unique indexes, triggers, locks."""

from django.core import checks
from django.db import connection
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal

ABLE = ("postgresql", "sqlite")


def why_not_this_vendor() -> Refusal | None:
    """Another database would take the tables, and not hold what they promise."""
    if connection.vendor in ABLE:
        return None
    sentence = _(
        "%(name)s cannot hold what the tables promise. Use SQLite or PostgreSQL: set "
        "PINGYI_DATABASE_URL."
    )
    return Refusal(sentence % {"name": connection.display_name}, code="other_database")


def check_vendor(**_options: object) -> list[checks.CheckMessage]:
    """The system check, before any command makes tables."""
    refusal = why_not_this_vendor()
    return [] if refusal is None else [checks.Error(str(refusal), id="core.E001")]
