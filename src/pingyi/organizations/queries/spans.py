"""Filters for dated rows."""

from datetime import date

from django.db.models import Q


def as_of(on: date, prefix: str = "") -> Q:
    """Rows that hold on that day; `prefix` is the relation to them ("memberships__")."""
    return Q(**{f"{prefix}valid_from__lte": on}) & still_after(on, prefix)


def still_after(on: date, prefix: str = "") -> Q:
    """Rows that hold on that day or on a later one."""
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
