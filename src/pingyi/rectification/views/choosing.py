"""What was ticked, and who can be asked to put it right."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import ancestor_paths, units_visible_to
from pingyi.core.refusals import Refusal
from pingyi.rectification.enums import SourceKind
from pingyi.rectification.queries.items import paths_of
from pingyi.rectification.queries.waiting import Found, found_in, waiting_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from pingyi.campaigns.models import Campaign, Unit
    from pingyi.rectification.queries.waiting import Said

# So many units of a search are offered.
UNITS_OFFERED = 20


class Chosen:
    """What was ticked, as far as it still waits; a form that is sent again names it again."""

    def __init__(self, request: Request, campaign: "Campaign") -> None:
        given = request.POST if request.method == "POST" else request.GET
        self.said: list[Said] = []
        self.asked = 0
        for kind in SourceKind:
            if keys := keys_of(given.getlist(kind)):
                self.said += waiting_of(kind, request.user, campaign).filter(pk__in=keys)
                self.asked += len(keys)

    @property
    def rows(self) -> list[Found]:
        """As lines."""
        return found_in(self.said)

    @property
    def refusal(self) -> Refusal | None:
        """Where something that was ticked does not wait any more."""
        missing = self.asked - len(self.said)
        if not missing:
            return None
        return Refusal(
            _("%(n)d of them were taken up or set aside meanwhile; look at the list again.")
            % {"n": missing},
            code="already_taken",
        )


def kind_asked(request: Request) -> SourceKind:
    """The kind that the address names; opinions without one."""
    of = request.GET.get("of", "")
    return SourceKind(of) if of in SourceKind.values else SourceKind.OPINION


def number_in(given: "QueryDict", name: str) -> int:
    """The number that the address or a form names; 0 without one."""
    return next(iter(keys_of([given.get(name, "")])), 0)


def keys_of(texts: list[str]) -> set[int]:
    """The numbers among what an address or a form says."""
    return {int(text) for text in texts if text.isdecimal() and len(text) < 18}


def units_for(request: Request, campaign: "Campaign", rows: "Sequence[Found]") -> "list[Unit]":
    """Who can be asked to put it right: the units about which it was said and those above all of
    them, as far as the actor keeps their records; without any, what the search finds.
    """
    kept: Any = units_visible_to(request.user, campaign).in_subtree(
        paths_of(request.user, campaign, Right.RECORD_APPRAISALS)
    )
    if rows:
        above = [set(ancestor_paths(row.unit.path)) | {row.unit.path} for row in rows]
        common = set.intersection(*above)
        return list(kept.filter(path__in=common).order_by("-path"))
    text = request.GET.get("q", "").strip() or request.POST.get("target", "")
    if not text:
        return []
    found = kept.filter(code=text) | kept.filter(name__icontains=text)
    found |= kept.filter(initials__icontains=text)
    return list(found.order_by("path")[:UNITS_OFFERED])
