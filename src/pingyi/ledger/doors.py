"""What the ledger asks of the rooms above: for which of their rows do its lines stand?"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Model, Q

from pingyi.core.doors import Door
from pingyi.ledger import rules

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


def kind_of(field: "Field[Any, Any]") -> str:
    """What a column holds, as Django calls it; a key of another row holds what is there."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _flaw(_key: str, vouched: Vouched) -> str:
    columns = {column.attname: column for column in vouched.model._meta.concrete_fields}
    if unknown := sorted(set(vouched.without) - columns.keys()):
        return f"leaves out {', '.join(unknown)}, which is no column"
    for name in sorted(columns.keys() - set(vouched.without)):
        if any(kind_of(columns[name]) not in forms for forms in rules.FORMS.values()):
            return f"stands for {name}, and no form is known of {kind_of(columns[name])}"
        if kind_of(columns[name]) == "BooleanField" and columns[name].null:
            # Left out of a hash like an empty column, "no" would not be told from nothing.
            return f"stands for {name}, which is yes, no or nothing; let it hold one of three words"
    return ""


VOUCHED: Door[Vouched] = Door("ledger.vouched", Vouched, _flaw)
