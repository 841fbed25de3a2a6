"""What in any room refers to given rows of the register. Asks the models, imports no room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pingyi.core.refusals import Sentence
from pingyi.organizations.models import Organization, Person
from pingyi.rosters.enums import ChangeKind
from pingyi.rosters.models import RosterImport

ASKED_AT_ONCE = 5_000
NAMED = 10
# Rows of the register itself, and its imports: what was done there later, `dependents` finds.
OF_THE_REGISTER = {"organizations", "rosters"}
# Rows that may refer to the register: what they are, and what tells them apart.
KINDS: Mapping[str, tuple[Sentence, Sequence[str]]] = {
    "campaigns.campaign": (gettext_lazy("campaign"), ("name",)),
    "campaigns.unit": (gettext_lazy("frozen organization"), ("name",)),
    "campaigns.participant": (gettext_lazy("frozen person"), ("name",)),
    "accounts.user": (gettext_lazy("account"), ("username", "name")),
    "accounts.grant": (gettext_lazy("role"), ("user", "get_role_display", "organization")),
    "organizations.affiliation": (gettext_lazy("affiliation"), ("organization", "parent")),
    "organizations.succession": (gettext_lazy("succession"), ("predecessor", "successor")),
    "organizations.membership": (gettext_lazy("membership"), ("person", "organization")),
    "organizations.post": (gettext_lazy("post"), ("person", "title", "organization")),
    "organizations.charge": (gettext_lazy("charge"), ("person", "organization")),
    "rosters.rosterimport": (gettext_lazy("import"), ("filename",)),
}


@dataclass(frozen=True)
class Dependents:
    """How many rows refer to others, and sentences that name the first of each kind."""

    count: int
    sentences: list[str]


def relations(model: type[Model]) -> list[ForeignObjectRel]:
    """Every reference to a model, those without a name on its side (`+`) included."""
    fields = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ForeignObjectRel)]


def dependents(ids: Mapping[type[Model], set[int]]) -> Dependents:
    """The rows that refer to these rows and are not among them."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    for model, keys in ids.items():
        ordered = sorted(keys)
        for relation in relations(model):
            referring = _referring(relation)
            for start in range(0, len(ordered), ASKED_AT_ONCE):
                part = ordered[start : start + ASKED_AT_ONCE]
                rows = referring._default_manager.filter(**{f"{relation.field.name}__in": part})
                # A post refers to a person and to an organization, and is one row.
                found[referring].update(rows.values_list("pk", flat=True))
    others = {model: sorted(keys - ids.get(model, set())) for model, keys in found.items()}
    return _in_words(
        (model, len(keys), model._default_manager.filter(pk__in=keys[:NAMED]).order_by("pk"))
        for model, keys in others.items()
        if keys
    )


def used_by_others(roster_import: RosterImport) -> Dependents:
    """What other rooms have built on the organizations and people that an import added.

    Quick enough for a page; what was done later in the register itself, `dependents` finds.
    """
    found = []
    for name, model in (("organization", Organization), ("person", Person)):
        made = roster_import.changes.filter(kind=ChangeKind.ADD, model=name)
        for relation in relations(model):
            referring = _referring(relation)
            if referring._meta.app_label not in OF_THE_REGISTER:
                given = {f"{relation.field.name}__in": made.values("object_id")}
                rows = referring._default_manager.filter(**given).order_by("pk")
                found.append((referring, rows.count(), rows[:NAMED]))
    return _in_words(found)


def _referring(relation: ForeignObjectRel) -> type[Model]:
    """The model that refers."""
    referring = relation.related_model
    assert isinstance(referring, type)  # noqa: S101  all models are loaded: no names are left
    return referring


def _in_words(found: Iterable[tuple[type[Model], int, Iterable[Model]]]) -> Dependents:
    """Some rows of each kind by name, the rest by their number."""
    count = 0
    sentences = []
    for model, number, shown in found:
        kind, names = KINDS[model._meta.label_lower]
        lines = [pgettext("list", ", ").join(_told(row, name) for name in names) for row in shown]
        if number > len(lines):
            lines.append(_("{n} more").format(n=number - len(lines)))
        sentences += [_("{kind}: {what}").format(kind=kind, what=line) for line in lines]
        count += number
    return Dependents(count, sentences)


def _told(row: Model, name: str) -> str:
    """One thing that tells a row apart."""
    value: Any = getattr(row, name)
    return str(value() if callable(value) else value)
