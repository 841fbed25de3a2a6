"""A list of commitments as people write it: days in whatever form, kinds by their names."""

import re
from collections.abc import Mapping
from datetime import date, datetime

DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")


def day_said(value: object) -> date | None:
    """A day that a cell holds, or says: 2011-12-31, 2011年12月31日, 2011.12.31; else nothing."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = DAY.fullmatch(str(value or "").strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def kind_said(value: object, kinds: Mapping[str, str]) -> str:
    """The code of a kind by its name or a part of it; of nothing said the first one."""
    said = str(value or "").strip()
    if not said:
        return next(iter(kinds), "")
    return next((code for code, label in kinds.items() if said in label), "")
