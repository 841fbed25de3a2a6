"""The tree of one day, by recursive queries over the formal affiliations (N1)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, FilteredRelation, Min, OuterRef, Q
from django.db.models.expressions import RawSQL

from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Membership, Organization
from pingyi.organizations.queries.spans import as_of, still_after
from pingyi.organizations.rules.spans import Span
from pingyi.organizations.rules.tree import Edge, first_days

# UNION, not UNION ALL: should the rows ever hold a circle, the query still ends.
BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT organization.id FROM organizations_organization organization
    WHERE organization.id IN ({places})
    UNION
    SELECT affiliation.organization_id FROM organizations_affiliation affiliation
    JOIN below ON affiliation.parent_id = below.id
    WHERE affiliation.kind = %s AND affiliation.valid_from <= %s
    AND (affiliation.valid_to IS NULL OR affiliation.valid_to > %s)
)
SELECT id FROM below
"""

ABOVE = """
WITH RECURSIVE above(id, step) AS (
    SELECT organization.id, 0 FROM organizations_organization organization
    WHERE organization.id = %s
    UNION
    SELECT affiliation.parent_id, above.step + 1 FROM organizations_affiliation affiliation
    JOIN above ON affiliation.organization_id = above.id
    WHERE above.step < 100 AND affiliation.kind = %s AND affiliation.valid_from <= %s
    AND (affiliation.valid_to IS NULL OR affiliation.valid_to > %s)
)
SELECT id FROM above ORDER BY step
"""


@dataclass(frozen=True)
class TreeRow:
    """One organization of the tree of one day."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    sector: str | None
    parent_id: int | None
    initials: str


def below(organization_ids: Iterable[int], on: date) -> RawSQL:
    """A subquery of the ids of these organizations and all below them: `filter(id__in=…)`."""
    ids = list(organization_ids)
    places = ", ".join(["%s"] * len(ids)) or "NULL"
    # Only the places are put into the text; every value is a parameter.
    return RawSQL(  # noqa: S611  a recursive query cannot be said otherwise
        BELOW.format(places=places), [*ids, AffiliationKind.FORMAL.value, on, on]
    )


def hold_all(organization_ids: Collection[int], on: date) -> bool:
    """Whether the whole register is one of these or below one of them: all that stood at the top
    on that day, stand there today, or were never placed below anything.
    """
    formal = Affiliation.objects.filter(organization=OuterRef("pk"), kind=AffiliationKind.FORMAL)
    # Nearly all are placed below something on that day and since, which is asked first and once.
    placed = formal.filter(valid_from__lte=on, valid_to=None)
    others = Organization.objects.exclude(pk__in=organization_ids).exclude(Exists(placed))
    if not organization_ids or not others.exists():
        return bool(organization_ids)
    on_day, open_ones = formal.filter(as_of(on)), formal.filter(valid_to=None)
    tops = others.filter(
        (as_of(on) & ~Q(Exists(on_day)))
        | (Q(valid_to=None) & ~Q(Exists(open_ones)))
        | ~Q(Exists(formal))
    )
    return not tops.exists()


def path_ids(organization_id: int, on: date) -> list[int]:
    """The organization and everything above it on that day, itself first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [organization_id, AffiliationKind.FORMAL.value, on, on])
        return [row[0] for row in cursor.fetchall()]


def path_of(organization_id: int, on: date) -> list[Organization]:
    """The way down to the organization on that day, the top first (for a breadcrumb)."""
    ids = path_ids(organization_id, on)
    found = Organization.objects.in_bulk(ids)
    return [found[id_] for id_ in reversed(ids)]


def tree_on(on: date) -> list[TreeRow]:
    """All organizations that exist on that day with their formal parent, by code. One query."""
    rows = (
        Organization.objects.filter(as_of(on))
        .annotate(
            edge=FilteredRelation(
                "affiliations",
                condition=Q(affiliations__kind=AffiliationKind.FORMAL)
                & as_of(on, "affiliations__"),
            ),
            above=F("edge__parent_id"),
        )
        .order_by("code")
        .values_list("id", "code", "name", "kind", "level", "sector_id", "above", "initials")
    )
    return [TreeRow(*row) for row in rows]


def formal_edges() -> list[Edge[int]]:
    """Every formal affiliation there ever was or will be, for the rules of the tree."""
    rows = Affiliation.objects.filter(kind=AffiliationKind.FORMAL).values_list(
        "organization_id", "parent_id", "valid_from", "valid_to"
    )
    return [Edge(child, parent, Span(begin, end)) for child, parent, begin, end in rows.iterator()]


def first_day_with_members(root: Organization, after: date) -> date | None:
    """The first day after that one on which the tree below a root has a member. Two queries."""
    edges = [edge for edge in formal_edges() if Span(after).overlaps(edge.span)]
    days = first_days(root.pk, root.valid_from, edges)
    rows = Membership.objects.filter(still_after(after)).order_by()
    begun = rows.values_list("organization_id").annotate(begun=Min("valid_from"))
    return min((max(days[id_], day) for id_, day in begun if id_ in days), default=None)
