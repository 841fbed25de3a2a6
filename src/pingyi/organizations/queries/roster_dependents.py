"""What in any room refers to given rows of the register. Asks the models, imports no room."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.translation import gettext as _

ASKED_AT_ONCE = 5_000
NAMED = 10


def dependents(ids: Mapping[type[Model], set[int]]) -> list[str]:
    """Sentences naming the rows that refer to these rows and are not among them."""
    found: list[str] = []
    for model, keys in ids.items():
        if not keys:
            continue
        for relation in model._meta.related_objects:
            found += _referring(relation.related_model, relation.field.name, keys, ids)
    return found


def _referring(
    model: type[Model], name: str, keys: set[int], ids: Mapping[type[Model], set[int]]
) -> list[str]:
    """Rows of one model that refer to the keys: some by name, the rest by their number."""
    own = ids.get(model, set())
    named: list[str] = []
    count = 0
    ordered = sorted(keys)
    for start in range(0, len(ordered), ASKED_AT_ONCE):
        part = ordered[start : start + ASKED_AT_ONCE]
        rows = model._default_manager.filter(**{f"{name}__in": part})
        others = set(rows.values_list("pk", flat=True)) - own
        count += len(others)
        shown = model._default_manager.filter(pk__in=sorted(others)[: NAMED - len(named)])
        named += [f"{model._meta.verbose_name}: {row}" for row in shown]
    if count > len(named):
        named.append(
            _("{n} more of the kind {kind}").format(
                n=count - len(named), kind=model._meta.verbose_name
            )
        )
    return named
