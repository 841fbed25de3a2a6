"""Organizations: how they are found, where they stand, what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from pingyi.core.holds import hold, hold_name, lock_name
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
from pingyi.organizations.queries.tree import below, path_ids
from pingyi.organizations.rules.codes import next_codes


@dataclass(frozen=True)
class OrganizationHistory:
    """Where an organization stood, and what it came out of or went into."""

    affiliations: list[Affiliation]
    came_from: list[Succession]
    became: list[Succession]


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


def proposed_code(parent: Organization) -> str:
    """The next code for an organization below this one, which nobody has or had."""
    edges = Affiliation.objects.filter(parent=parent, kind=AffiliationKind.FORMAL)
    siblings = edges.values_list("organization__code", flat=True).distinct()
    codes = next_codes(parent.code, list(siblings))
    return next(code for code in codes if not Organization.objects.filter(code=code).exists())


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


def organization_with_code(code: str) -> Organization | None:
    """The open organization with this code."""
    return Organization.objects.filter(code=code, valid_to__isnull=True).first()


def open_tops() -> list[Organization]:
    """The open organizations above which there is none."""
    placed = Affiliation.objects.filter(kind=AffiliationKind.FORMAL, valid_to__isnull=True)
    found = Organization.objects.filter(valid_to__isnull=True)
    return list(found.exclude(pk__in=placed.values("organization_id")).order_by("code"))


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


def organizations_below(organization_ids: Iterable[int] | None, on: date) -> QuerySet[Organization]:
    """These organizations and everything below them on that day; all there ever were for None."""
    if organization_ids is None:
        return Organization.objects.all()
    return Organization.objects.filter(id__in=below(organization_ids, on))


REGISTER = "register"


def register_held() -> None:
    """The first lock of every deed on the living register: no import is written meanwhile."""
    hold_name(REGISTER)


def register_locked() -> None:
    """For a deed that compares the whole register and writes what follows: it is alone with it."""
    lock_name(REGISTER)


def locked_organization(organization: Organization) -> Organization:
    """The row as it is now, for one deed alone until the transaction ends."""
    register_held()
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def locked_organizations(organizations: Iterable[Organization]) -> list[Organization]:
    """The same for several, in one order whoever asks."""
    register_held()
    keys = {organization.pk for organization in organizations}
    found = Organization.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return list(found.order_by("pk"))


def organization_held(organization: Organization) -> Organization:
    """The row as it is now; nobody closes or changes it until the transaction ends."""
    register_held()
    found = Organization.objects.filter(pk=organization.pk)
    hold(found)
    return found.get()


def subtree_locked(organization: Organization, on: date) -> None:
    """For a deed about a whole subtree: of two, one within the other, the second waits here.

    The organization is locked; what stands above it on that day is held.
    """
    register_held()
    above = Organization.objects.filter(pk__in=path_ids(organization.pk, on))
    hold(above.exclude(pk=organization.pk))
    locked_organization(organization)
