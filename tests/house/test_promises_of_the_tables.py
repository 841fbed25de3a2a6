"""What every model keeps, asked of all models at once."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q

MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("pingyi.") and not model._meta.proxy
]
# Moments that nobody brings about, or whose person is told elsewhere.
MOMENTS_WITHOUT_A_PERSON: dict[str, str] = {
    "mailbox.Mail.received_at": "the program reads the mailbox by itself",
    "mailbox.MailboxLook.looked_at": "the same",
    "mailbox.MailboxLook.read_at": "the same",
    "notifications.Address.confirmed_at": "only whoever it is of confirms it",
    "notifications.Delivery.sent_at": "the outbox sends by itself",
    "notifications.Letter.sent_at": "the same",
    "notifications.Letter.written_at": "the program answers who wrote to it",
    "notifications.Message.read_at": "only whoever it is to reads it",
    "accounts.FailedTries.last_at": "nobody knows who it is that fails to sign in",
}


def name_of(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label}.{field.name}"


def fields_with_choices() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and field.choices and field.model is model:
                yield model, field


def lookups(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from lookups(child)
        elif isinstance(child, tuple):
            yield child[0]


def moments() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, models.DateTimeField) and field.name.endswith("_at"):
                yield model, field


@pytest.mark.parametrize(
    ("model", "field"),
    list(fields_with_choices()),
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_every_choice_is_repeated_by_the_database(
    model: type[models.Model], field: models.Field
) -> None:
    held = {
        lookup
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        for lookup in lookups(constraint.condition)
    }
    assert f"{field.name}__in" in held, f"{name_of(model, field)} lacks its CheckConstraint"


@pytest.mark.parametrize(
    ("model", "field"), list(moments()), ids=lambda value: getattr(value, "__name__", str(value))
)
def test_every_deed_knows_who_did_it(model: type[models.Model], field: models.Field) -> None:
    if name_of(model, field) in MOMENTS_WITHOUT_A_PERSON:
        return
    person = field.name.removesuffix("_at") + "_by"
    names = {other.name for other in model._meta.get_fields()}
    assert person in names, f"{name_of(model, field)} lacks {person}"


def test_the_exceptions_are_still_there() -> None:
    known = {name_of(model, field) for model, field in moments()}
    assert set(MOMENTS_WITHOUT_A_PERSON) <= known


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_constraints_are_named_as_sentences(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        assert constraint.name.islower()
        assert len(constraint.name.split("_")) >= 3, constraint.name
