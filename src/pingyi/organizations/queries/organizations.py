"""Organizations: who sees which, how they are found, what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from pingyi.accounts.queries import open_grants
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import (
    Affiliation,
    Membership,
    Organization,
    PostCategory,
    Sector,
    Succession,
)
from pingyi.organizations.queries.spans import as_of
from pingyi.organizations.queries.tree import below

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@dataclass(frozen=True)
class OrganizationHistory:
    """Where an organization stood, and what it came out of or went into."""

    affiliations: list[Affiliation]
    came_from: list[Succession]
    became: list[Succession]


def visible_to(actor: "User | None", on: date) -> QuerySet[Organization]:
    """Organizations of that day in the subtrees of the actor's open grants; all without one."""
    organizations = Organization.objects.filter(as_of(on))
    if actor is None:
        return organizations
    tops = {grant.organization_id for grant in open_grants(actor)}
    return organizations.filter(id__in=below(sorted(tops), on))


def with_parent(organizations: QuerySet[Organization], on: date) -> QuerySet[Organization]:
    """Adds `parent_name` and `parent_key` of the formal parent on that day."""
    return organizations.annotate(
        edge=FilteredRelation(
            "affiliations",
            condition=Q(affiliations__kind=AffiliationKind.FORMAL) & as_of(on, "affiliations__"),
        ),
        parent_key=F("edge__parent_id"),
        parent_name=F("edge__parent__name"),
    )


def matching(text: str) -> Q:
    """Name contains, code or pinyin initials begin with the text."""
    return (
        Q(name__icontains=text) | Q(code__istartswith=text) | Q(initials__startswith=text.lower())
    )


def find(text: str, *, actor: "User | None", on: date) -> QuerySet[Organization]:
    """Organizations the actor sees on that day, by name, pinyin initials or code."""
    text = text.strip()
    found = visible_to(actor, on)
    return found.filter(matching(text)) if text else found


def children_of(organization: Organization, on: date) -> QuerySet[Organization]:
    """Organizations formally placed directly under this one on that day, with their sector."""
    return (
        Organization.objects.filter(
            as_of(on),
            id__in=Affiliation.objects.filter(
                as_of(on), parent=organization, kind=AffiliationKind.FORMAL
            ).values("organization_id"),
        )
        .select_related("sector")
        .order_by("code")
    )


def secondary_parents(organization: Organization, on: date) -> list[Affiliation]:
    """The second affiliations of a dual one on that day."""
    return list(
        organization.affiliations.filter(as_of(on), kind=AffiliationKind.SECONDARY).select_related(
            "parent"
        )
    )


def history_of(organization: Organization) -> OrganizationHistory:
    """All affiliations, latest first, and the splits and merges. Three queries."""
    return OrganizationHistory(
        affiliations=list(
            organization.affiliations.select_related("parent").order_by("-valid_from", "kind")
        ),
        came_from=list(organization.precessions.select_related("predecessor")),
        became=list(organization.successions.select_related("successor")),
    )


def is_empty() -> bool:
    """Whether the register holds no organization yet."""
    return not Organization.objects.exists()


def sectors() -> list[Sector]:
    """The sectors, in the order of annex 2."""
    return list(Sector.objects.all())


def post_categories() -> list[PostCategory]:
    """The leader categories, in the order of annex 1."""
    return list(PostCategory.objects.order_by("position"))


def organization(pk: int) -> Organization | None:
    """The organization, whoever asks: `permissions.why_not_see_organization` says who may."""
    return Organization.objects.select_related("sector").filter(pk=pk).first()


def affiliation(pk: int) -> Affiliation | None:
    """An affiliation with both of its organizations."""
    return Affiliation.objects.select_related("organization", "parent").filter(pk=pk).first()


def member_counts(organization_ids: Sequence[int], on: date) -> dict[int, int]:
    """Members of each of these organizations on that day (directly, not below). One query."""
    rows = (
        Membership.objects.filter(as_of(on), organization_id__in=organization_ids)
        .order_by()
        .values_list("organization_id")
        .annotate(n=Count("id"))
    )
    return dict(rows)


def members_below(organization: Organization, on: date) -> int:
    """Members of the organization and of everything below it on that day. One query."""
    return Membership.objects.filter(
        as_of(on), organization_id__in=below([organization.pk], on)
    ).count()
