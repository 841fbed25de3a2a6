"""What a page about a row of the register shows of it, as it is by now (ui.edits)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pingyi.core.seen import Content, Said
from pingyi.organizations.models import Affiliation, Charge, Organization, Person, Post


def organization_seen(pk: int) -> Content:
    """What an organization is, in the fields of its form."""
    row = Organization.objects.get(pk=pk)
    return {
        "name": row.name,
        "code": row.code,
        "kind": row.kind,
        "level": row.level,
        "sector": row.sector_id,
    }


def place_seen(pk: int) -> Content:
    """What is moved, closed, split or merged: where it stands, who leads it, until when."""
    row = Organization.objects.select_related("sector").get(pk=pk)
    what = (row.name, row.code, row.get_kind_display(), row.get_level_display(), row.sector)
    is_ = [row.name, row.code, row.kind, row.level, row.sector_id]
    edges = row.affiliations.filter(valid_to=None).select_related("parent")
    posts = row.posts.filter(valid_to=None).select_related("person")
    charges = row.charges.filter(valid_to=None).select_related("person")
    return {
        "organization": Said(_("Organization"), is_, " ".join(str(part) for part in what if part)),
        "above": Said(_("Organization above"), [str(edge.parent) for edge in edges]),
        "posts": Said(_("Post"), [f"{post.person} {post.title}" for post in posts]),
        "charges": Said(_("In charge"), [str(charge.person) for charge in charges]),
        "until": Said(_("Until before"), row.valid_to),
    }


def parts_seen(pk: int) -> Content:
    """What is split: also who belongs to it, and what stands below it."""
    row = Organization.objects.get(pk=pk)
    members = row.memberships.filter(valid_to=None).select_related("person").order_by("pk")
    edges = row.child_affiliations.filter(valid_to=None).select_related("organization")
    return {
        **place_seen(pk),
        "members": _several(_("Members"), [one.person for one in members]),
        "below": _several(_("Organizations"), [edge.organization for edge in edges]),
    }


def _several(label: str, rows: Sequence[Organization | Person]) -> Said:
    return Said(label, [row.pk for row in rows], _(", ").join(row.name for row in rows) or "—")


def person_seen(pk: int) -> Content:
    """Who somebody is, in the fields of the form; of the identity number the last four."""
    row = Person.objects.get(pk=pk)
    return {
        "name": row.name,
        "last4": Said(_("Identity number"), row.identity_last4),
        "gender": row.gender,
        "born_on": row.born_on,
        "joined_on": row.joined_on,
    }


def merge_seen(pk: int) -> Content:
    """Into which record a record was merged."""
    row = Person.objects.select_related("merged_into").get(pk=pk)
    into = row.merged_into
    return {
        "person": Said(_("Name"), row.name),
        "into": Said(_("Merged into"), into and into.pk, into.name if into else "—"),
    }


def membership_seen(pk: int) -> Content:
    """Of what somebody is a member, as what, and since when."""
    row = Person.objects.get(pk=pk)
    memberships = row.memberships.select_related("organization").order_by("valid_from", "id")
    latest = memberships.last()
    found = {"person": Said(_("Name"), row.name)}
    if latest is None:
        return {**found, "organization": Said(_("Organization"), "")}
    return {
        **found,
        "organization": Said(_("Organization"), latest.organization.name),
        "was": Said(_("Standing"), latest.standing, latest.get_standing_display()),
        "since": Said(_("From"), latest.valid_from),
        "until": Said(_("Until before"), latest.valid_to),
    }


def post_seen(pk: int) -> Content:
    """A post: whose, which, as what it counts, until when."""
    row = Post.objects.select_related("person", "organization", "category").get(pk=pk)
    return {
        "post": Said(_("Post"), f"{row.person} {row.title}"),
        "category": Said(_("Leader category"), row.category_id, str(row.category or "—")),
        **_span(row),
    }


def charge_seen(pk: int) -> Content:
    """A charge: whose, of what, until when."""
    row = Charge.objects.select_related("person", "organization").get(pk=pk)
    return {"charge": Said(_("In charge"), f"{row.person} {row.organization}"), **_span(row)}


def affiliation_seen(pk: int) -> Content:
    """A second affiliation: where, until when."""
    row = Affiliation.objects.select_related("parent").get(pk=pk)
    return {"above": Said(_("Organization above"), row.parent.name), **_span(row)}


def _span(row: Any) -> Content:
    return {
        "since": Said(_("From"), row.valid_from),
        "until": Said(_("Until before"), row.valid_to),
    }
