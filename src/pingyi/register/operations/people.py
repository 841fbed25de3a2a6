"""Adding and changing people."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Person
from pingyi.organizations.rules.identity import IdentityFault, fault_of, identity_of
from pingyi.organizations.rules.order import name_columns
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.record import locked_person, save_checked, write_line


def identity_sentence(fault: IdentityFault) -> str:
    """What is wrong with an identity number, and how to mend it."""
    return {
        IdentityFault.LENGTH: _("An identity number has 18 characters."),
        IdentityFault.CHARACTERS: _(
            "An identity number has 17 digits and a digit or X at the end."
        ),
        IdentityFault.BIRTHDAY: _("The identity number holds a day of birth that does not exist."),
        IdentityFault.CHECK_DIGIT: _("The last digit does not fit: a digit was mistyped."),
    }[fault]


@transaction.atomic
def add_person(
    *,
    name: str,
    by: Actor,
    now: datetime,
    identity: str = "",
    gender: str = "",
    born_on: date | None = None,
    joined_on: date | None = None,
) -> Person:
    """Add a person; of the identity number only a keyed hash and the last four are kept (N2).

    Refuses a wrong identity number, and one that somebody of the register has.
    """
    ground.register_held()
    refuse(permissions.why_not_edit_register(by))
    person = Person(
        name=name.strip(),
        **name_columns(name),
        gender=gender,
        born_on=born_on,
        joined_on=joined_on,
    )
    if identity.strip():
        _set_identity(person, identity)
    save_checked(person)
    write_line(LedgerKind.PERSON_ADDED, person, _said_of(person), by, now)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    name: str,
    gender: str,
    born_on: date | None,
    joined_on: date | None,
    by: Actor,
    now: datetime,
    identity: str = "",
) -> Person:
    """Change a person; an empty `identity` leaves the number as it is.

    Nothing changed writes nothing.
    """
    person = locked_person(person)
    refuse(permissions.why_not_edit_person(by, person, now))
    before = _said_of(person)
    kept = person.identity_hash
    person.name = name.strip()
    put_in_order(person)
    person.gender = gender
    person.born_on = born_on
    person.joined_on = joined_on
    if identity.strip():
        _set_identity(person, identity)
    after = _said_of(person)
    if before == after and kept == person.identity_hash:
        return person
    save_checked(person)
    write_line(LedgerKind.PERSON_CHANGED, person, {"before": before, "after": after}, by, now)
    return person


def put_in_order(person: Person) -> None:
    """What is stored beside a name follows it."""
    for column, key in name_columns(person.name).items():
        setattr(person, column, key)


def _said_of(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "last4": person.identity_last4,
        "gender": person.gender,
        "born_on": person.born_on,
        "joined_on": person.joined_on,
    }


def _set_identity(person: Person, number: str) -> None:
    """Keep hash and last four of a sound number that nobody else has."""
    fault = fault_of(number)
    if fault is not None:
        raise Refusal(identity_sentence(fault), code="identity_wrong")
    other = ground.by_identity(number)
    if other is not None and other.pk != person.pk:
        raise Refusal(
            _("Somebody with this identity number is in the register already: {name}.").format(
                name=other.name
            ),
            code="identity_taken",
        )
    identity = identity_of(number, key=ground.identity_key())
    person.identity_hash, person.identity_last4 = identity.hash, identity.last4
