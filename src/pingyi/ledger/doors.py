"""What the ledger asks of the rooms above: for which of their rows do its lines stand?"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Model, Q

from pingyi.core.doors import Door

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Vouched:
    """Rows of a table that are as the last line about them left them (N10, ADR 0018).

    `label` is what people call such a row. `without` names columns that may change without a deed:
    a draft, a counter. `only` chooses the rows that a deed has made binding; without it all are.
    """

    model: type[Model]
    label: "_StrPromise"
    without: Collection[str] = ()
    only: Q = field(default_factory=Q)


def _flaw(_key: str, vouched: Vouched) -> str:
    columns = {column.attname for column in vouched.model._meta.concrete_fields}
    unknown = sorted(set(vouched.without) - columns)
    return f"leaves out {', '.join(unknown)}, which is no column" if unknown else ""


VOUCHED: Door[Vouched] = Door("ledger.vouched", Vouched, _flaw)
