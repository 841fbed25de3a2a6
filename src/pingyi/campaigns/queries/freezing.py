"""What opening a campaign would freeze: read from the register at the cut-off date."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.campaigns.queries.foreseen import Judged, judged_by
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.tree import Node, Place, places, reporting_ids
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import PostRole
from pingyi.organizations.queries import ChargeOnDay, MemberOnDay, PostOnDay, TreeRow
from pingyi.organizations.rules.titles import names_secretary

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

NAMES_SHOWN = 20


@dataclass(frozen=True)
class Category:
    """A leader category of the register: its role and its place in the order."""

    role: str
    position: int


@dataclass(frozen=True)
class Source:
    """The register below a root on one day, ready to be frozen."""

    places: list[Place]
    organizations: dict[int, TreeRow]
    members: list[MemberOnDay]
    posts: list[PostOnDay]
    charges: list[ChargeOnDay]
    categories: dict[str, Category]
    reporting: set[int]


def source_on(root: "Organization", on: date, pack: Pack) -> Source:
    """Tree, members, posts and charges below a root on a day. Five queries."""
    rows = {row.id: row for row in ground.tree_on(on)}
    tree = places((Node(row.id, row.parent_id, row.code) for row in rows.values()), root.pk)
    inside = {place.id: rows[place.id] for place in tree}
    levels = {id_: row.level for id_, row in inside.items()}
    return Source(
        places=tree,
        organizations=inside,
        members=[row for row in ground.members_on(on) if row.organization_id in inside],
        posts=[row for row in ground.posts_on(on) if row.organization_id in inside],
        charges=[row for row in ground.charges_on(on) if row.organization_id in inside],
        categories={
            found.code: Category(found.role, found.position) for found in ground.post_categories()
        },
        reporting=reporting_ids(tree, levels, pack.reporting_levels) if tree else set(),
    )


@dataclass(frozen=True)
class Warned:
    """Something to mend in the register before opening: how many, and the first names."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What would be frozen, and what is unlikely to be meant."""

    units: int
    reporting_units: int
    members: int
    post_holders: int
    without_secretary: Warned
    # Whoever is called secretary and does not count as one.
    called_secretary: Warned
    without_branch: Warned
    without_sector: Warned
    # What no leader is in charge of and no secretary stands above: nobody would review it.
    without_reviewer: Warned
    judged: list[Judged]

    def doubts(self) -> list[str]:
        """What is unlikely to be meant, a sentence each: who would owe what to nobody."""
        found = []
        if number := self.without_secretary.count:
            words = ngettext(
                "%(n)d organization with members has no secretary.",
                "%(n)d organizations with members have no secretary.",
                number,
            )
            found.append(words % {"n": number})
        if number := self.without_sector.count:
            words = ngettext(
                "%(n)d organization with members has no sector.",
                "%(n)d organizations with members have no sector.",
                number,
            )
            found.append(words % {"n": number})
        found += [
            _("In this register nobody is judged by the ballot “%(ballot)s”.")
            % {"ballot": each.ballot}
            for each in self.judged
            if each.is_empty
        ]
        return found


def preview(root: "Organization", on: date, pack: Pack) -> Preview:
    """What opening a campaign here would freeze. Nothing is written; raises TooDeep."""
    source = source_on(root, on, pack)
    holders = {row.person_id: row.person_name for row in source.posts}
    holders.update((row.person_id, row.person_name) for row in source.charges)
    members = {row.person_id for row in source.members}
    by_organization = Counter(row.organization_id for row in source.members)
    led = {row.organization_id for row in source.posts if _leads(source, row)}
    in_charge = {row.organization_id for row in source.charges}
    unreviewed = _unreviewed(source.places, led, in_charge) if pack.review is not None else []
    called = [row for row in source.posts if not row.category and names_secretary(row.title)]
    with_members = [source.organizations[id_] for id_ in sorted(by_organization)]
    return Preview(
        units=len(source.places),
        reporting_units=len(source.reporting),
        members=len(members),
        post_holders=len(holders),
        without_secretary=_warned([row.name for row in with_members if row.id not in led]),
        called_secretary=_warned([_told(source, row) for row in called]),
        without_branch=_warned([name for id_, name in holders.items() if id_ not in members]),
        without_sector=_warned([row.name for row in with_members if not row.sector]),
        without_reviewer=_warned([source.organizations[id_].name for id_ in unreviewed]),
        judged=judged_by(source, pack),
    )


def _unreviewed(tree: list[Place], led: set[int], in_charge: set[int]) -> list[int]:
    """Organizations below the top that nobody would review, by the rule of rulebook §3."""
    above = {place.id: place.parent_id for place in tree}
    found = []
    for place in tree[1:]:
        on_line, up = place.id in in_charge, place.parent_id
        while not on_line and up in above:
            on_line, up = up in led, above[up]
        if not on_line:
            found.append(place.id)
    return found


def _leads(source: Source, post: PostOnDay) -> bool:
    category = source.categories.get(post.category or "")
    return category is not None and category.role == PostRole.SECRETARY


def _told(source: Source, post: PostOnDay) -> str:
    return f"{post.person_name} {post.title} ({source.organizations[post.organization_id].name})"


def _warned(names: list[str]) -> Warned:
    return Warned(len(names), tuple(names[:NAMES_SHOWN]))
