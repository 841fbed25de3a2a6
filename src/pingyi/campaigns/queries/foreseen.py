"""Whom the ballots of a pack would be about, told from the register before a campaign is opened.

The same marks as in `campaigns.queries.judged`, asked of the register instead of the universe.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Level, OrganizationKind, Standing

if TYPE_CHECKING:
    from pingyi.campaigns.queries.freezing import Source
    from pingyi.campaigns.rules.judged import JudgedPeople
    from pingyi.campaigns.rules.pack import BallotForm, Pack
    from pingyi.core.refusals import Sentence
    from pingyi.organizations.queries import MemberOnDay, PostOnDay


@dataclass(frozen=True)
class Judged:
    """A ballot with how many organizations hold it, and how many people have a row on it; None of
    a ballot on organizations.
    """

    ballot: str
    units: int
    people: int | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody would be judged by it."""
        return not (self.units if self.people is None else self.people)


def judged_by(source: "Source", pack: "Pack") -> list[Judged]:
    """Each ballot of the pack, in its order."""
    return [_judged(source, form) for form in (pack.appraisal.forms if pack.appraisal else [])]


def _judged(source: "Source", form: "BallotForm") -> Judged:
    fitting = {id_ for id_ in source.organizations if _fits(source, form, id_)}
    if form.people is not None:
        first: dict[int, int] = {}
        for _position, person, unit in sorted(_placed(source, form.people), key=itemgetter(0)):
            if unit in fitting:
                first.setdefault(person, unit)
        return Judged(form.called, len(set(first.values())), len(first))
    if form.subject == "organization":
        return Judged(form.called, len(fitting), None)
    rows = [row for row in source.members if row.organization_id in fitting]
    graded = [row for row in rows if form.graded == "all" or row.standing == Standing.FULL]
    return Judged(form.called, len(fitting), len(graded))


def _fits(source: "Source", form: "BallotForm", id_: int) -> bool:
    row = source.organizations[id_]
    if form.units is not None:
        return form.units.fit(
            level=row.level, kind=row.kind, sector=row.sector or "", code=row.code
        )
    return form.people is not None or bool(row.sector)


def _placed(source: "Source", people: "JudgedPeople") -> Iterator[tuple[int, int, int]]:
    """(order, person, organization) of everybody who fits, at every place where they do."""
    order = {code: at for at, code in enumerate(people.categories)}
    for post in source.posts:
        if post.category in order:
            yield order[post.category], post.person_id, post.organization_id
    codes = {row.code: id_ for id_, row in source.organizations.items()}
    wanted = {(one.name, codes.get(one.unit)): at for at, one in enumerate(people.named)}
    rows: list[MemberOnDay | PostOnDay] = [*source.members, *source.posts]
    for row in rows:
        at = wanted.get((row.person_name, row.organization_id))
        if at is not None:
            yield at, row.person_id, row.organization_id


def judged_words(form: "BallotForm") -> list[str]:
    """Whom a ballot is about, by the marks that its pack gives, in words; nothing where it gives
    none.
    """
    found: list[tuple[str, list[str]]] = []
    if form.units is not None:
        sectors = {row.code: row.name for row in ground.sectors()}
        found += [
            (_("Level"), _labels(form.units.levels, dict(Level.choices))),
            (_("Kind"), _labels(form.units.kinds, dict(OrganizationKind.choices))),
            (_("Sector"), _labels(form.units.sectors, sectors)),
            (_("Code"), form.units.codes),
        ]
    if form.people is not None:
        categories = {row.code: row.name for row in ground.post_categories()}
        named = [f"{one.name} ({one.unit})" for one in form.people.named]
        found += [
            (_("Leader category"), _labels(form.people.categories, categories)),
            (_("Name"), named),
        ]
    separator = pgettext("list", ", ")
    return [
        _("%(mark)s: %(values)s") % {"mark": mark, "values": separator.join(values)}
        for mark, values in found
        if values
    ]


def _labels(codes: Iterable[str], known: "Mapping[str, Sentence]") -> list[str]:
    return [str(known.get(code, code)) for code in codes]
