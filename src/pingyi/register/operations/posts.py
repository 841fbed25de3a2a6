"""Posts and charges (领导分工): who leads, and who is in charge of which organizations."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Charge, Organization, Person, Post
from pingyi.organizations.queries import organization_held
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.record import (
    end_row,
    locked_person,
    must_exist,
    save_checked,
    write_line,
)


@transaction.atomic
def appoint(
    *,
    person: Person,
    organization: Organization,
    title: str,
    on: date,
    by: Actor,
    now: datetime,
    category: str | None = None,
) -> Post:
    """Give a person a post at an organization from a day; `category` is a code of annex 1 or None.

    Refuses the same post twice.
    """
    person = locked_person(person)
    organization = organization_held(organization)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    must_exist(organization, on)
    title = title.strip()
    if person.posts.filter(ground.still_after(on), organization=organization, title=title).exists():
        raise Refusal(_("This person already holds this post."), code="already_so")
    post = Post(
        person=person,
        organization=organization,
        title=title,
        category_id=category or None,
        valid_from=on,
    )
    save_checked(post)
    body = {"organization": organization.code, "title": title, "category": category, "on": on}
    write_line(LedgerKind.POST_BEGAN, person, body, by, now)
    return post


@transaction.atomic
def correct_post(
    *, post: Post, title: str, category: str | None, reason: str, by: Actor, now: datetime
) -> Post:
    """Say a post otherwise than it was entered, from its beginning on; `category` is a code.

    Refuses without a reason, and where nothing would become another. Campaigns that were opened
    keep what they froze.
    """
    person = locked_person(post.person)
    post = person.posts.select_for_update(no_key=True).get(pk=post.pk)
    refuse(permissions.why_not_edit_organization(by, post.organization, now))
    title, category, reason = title.strip(), category or None, reason.strip()
    if not reason:
        raise Refusal(_("Say why the post is corrected."), code="no_reason")
    if (title, category) == (post.title, post.category_id):
        raise Refusal(_("Nothing would become another."), code="already_so")
    body = {
        "organization": post.organization.code,
        "from": {"title": post.title, "category": post.category_id},
        "to": {"title": title, "category": category},
        "reason": reason,
    }
    post.title, post.category_id = title, category
    save_checked(post)
    write_line(LedgerKind.POST_CORRECTED, person, body, by, now)
    return post


@transaction.atomic
def end_post(*, post: Post, on: date, by: Actor, now: datetime) -> Post:
    """End a post: `on` is the first day without it."""
    person = locked_person(post.person)
    post = person.posts.select_for_update(no_key=True).get(pk=post.pk)
    refuse(permissions.why_not_edit_organization(by, post.organization, now))
    end_row(post, on)
    body = {"organization": post.organization.code, "title": post.title, "on": on}
    write_line(LedgerKind.POST_ENDED, person, body, by, now)
    return post


@transaction.atomic
def put_in_charge(
    *, person: Person, organization: Organization, on: date, by: Actor, now: datetime
) -> Charge:
    """Put a leader in charge of an organization from a day (N2). Refuses the same charge twice."""
    person = locked_person(person)
    organization = organization_held(organization)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    must_exist(organization, on)
    if person.charges.filter(ground.still_after(on), organization=organization).exists():
        raise Refusal(
            _("This person is already in charge of this organization."), code="already_so"
        )
    charge = Charge(person=person, organization=organization, valid_from=on)
    save_checked(charge)
    write_line(
        LedgerKind.CHARGE_BEGAN, person, {"organization": organization.code, "on": on}, by, now
    )
    return charge


@transaction.atomic
def end_charge(*, charge: Charge, on: date, by: Actor, now: datetime) -> Charge:
    """End a charge: `on` is the first day without it."""
    person = locked_person(charge.person)
    charge = person.charges.select_for_update(no_key=True).get(pk=charge.pk)
    refuse(permissions.why_not_edit_organization(by, charge.organization, now))
    end_row(charge, on)
    write_line(
        LedgerKind.CHARGE_ENDED,
        person,
        {"organization": charge.organization.code, "on": on},
        by,
        now,
    )
    return charge
