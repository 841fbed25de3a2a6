"""What in any room refers to given rows of the register. Asks the models, imports no room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel, Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.core.lookups import Among
from pingyi.organizations.doors import RESTING, Kind
from pingyi.organizations.models import Organization, Person
from pingyi.rosters.enums import ChangeKind
from pingyi.rosters.models import RosterImport

NAMED = 10
# Rows of the register itself, and its imports: what was done there later, `dependents` finds.
OF_THE_REGISTER = {"organizations", "rosters"}


@dataclass(frozen=True)
class Dependents:
    """How many rows refer to others, and sentences that name the first of each kind."""

    count: int
    sentences: list[str]


def relations(model: type[Model]) -> list[ForeignObjectRel]:
    """Every reference to a model, those without a name on its side (`+`) included.

    Where many refer to many, it is the rows of the table between them that refer.
    """
    fields = model._meta.get_fields(include_hidden=True)
    found = [field for field in fields if isinstance(field, ForeignObjectRel)]
    return [field for field in found if not field.many_to_many]


def dependents(ids: Mapping[type[Model], set[int]]) -> Dependents:
    """The rows that refer to these rows and are not among them."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    for model, keys in ids.items():
        for relation in relations(model):
            referring = relation.field.model
            rows = _rows(referring).filter(Among(f"{relation.field.name}__pk", keys))
            # A post refers to a person and to an organization, and is one row.
            found[referring].update(rows.order_by().values_list("pk", flat=True))
    others = {model: sorted(keys - ids.get(model, set())) for model, keys in found.items()}
    return _in_words(
        (model, len(keys), _rows(model).filter(pk__in=keys[:NAMED]).order_by("pk"))
        for model, keys in others.items()
        if keys
    )


def used_by_others(roster_import: RosterImport) -> Dependents:
    """What other rooms have built on the organizations and people that an import added.

    Quick enough for a page; what was done later in the register itself, `dependents` finds.
    """
    found: dict[type[Model], Q] = defaultdict(Q)
    for name, model in (("organization", Organization), ("person", Person)):
        made = roster_import.changes.filter(kind=ChangeKind.ADD, model=name)
        for relation in relations(model):
            referring = relation.field.model
            if referring._meta.app_label not in OF_THE_REGISTER:
                found[referring] |= Q((f"{relation.field.name}__pk__in", made.values("object_id")))
    rows = {model: _rows(model).filter(refers).order_by("pk") for model, refers in found.items()}
    return _in_words((model, each.count(), each[:NAMED]) for model, each in rows.items())


def _rows(model: type[Model]) -> QuerySet[Model]:
    """All rows, those as well that the manager of a room leaves out: they refer all the same."""
    return model._base_manager.all()


def _in_words(found: Iterable[tuple[type[Model], int, Iterable[Model]]]) -> Dependents:
    """Some rows of each kind by name, the rest by their number."""
    count = 0
    sentences = []
    for model, number, shown in found:
        kind = RESTING.get(model._meta.label_lower, Kind(model._meta.verbose_name or "", ()))
        lines = [_told(row, kind) for row in shown]
        if number > len(lines):
            lines.append(_("{n} more").format(n=number - len(lines)))
        sentences += [_("{kind}: {what}").format(kind=kind.name, what=line) for line in lines]
        count += number
    return Dependents(count, sentences)


def _told(row: Model, kind: Kind) -> str:
    """What tells a row apart from others of its kind."""
    values: list[Any] = [getattr(row, name) for name in kind.told_by] or [row]
    return pgettext("list", ", ").join(
        str(value() if callable(value) else value) for value in values
    )
