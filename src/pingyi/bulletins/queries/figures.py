"""The figures that a bulletin can name: accepted returns and signed counts of its unit (N18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.appraisals.queries import signed_figures
from pingyi.bulletins.models import Bulletin, Figure
from pingyi.bulletins.queries.labels import annexes_of, labels_of
from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import keys_in
from pingyi.core.refusals import Refusal
from pingyi.returns.queries import accepted_figures

if TYPE_CHECKING:
    from pingyi.appraisals.models import Count
    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Version


# Put in when a text is begun; no figures.
NAMES = {"unit", "round", "campaign"}


@dataclass(frozen=True)
class Standing:
    """A figure that stands: what it says, and the row it comes from."""

    said: str
    annex: str
    version: "Version | None" = None
    count: "Count | None" = None

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        if self.version is not None:
            return _("%(annex)s, accepted version %(number)d") % {
                "annex": self.annex, "number": self.version.number,
            }  # fmt: skip
        return _("%(annex)s, signed count") % {"annex": self.annex}

    def is_as(self, figure: Figure) -> bool:
        """Whether a figure says the same and comes from the same row."""
        rows = (self.version and self.version.pk, self.count and self.count.pk)
        return (self.said, *rows) == (figure.said, figure.version_id, figure.count_id)


def standing_figures(round_: "Round", unit: "Unit") -> dict[str, Standing]:
    """Every figure that the unit's bulletins can name as things stand, by its key."""
    found = {
        key: Standing(each.said, each.annex, version=each.version)
        for key, each in accepted_figures(round_, unit).items()
    }
    for key, each in signed_figures(round_, unit).items():
        found[key] = Standing(each.said, each.annex, count=each.count)
    return found


def figures_final(round_: "Round", unit: "Unit", code: str) -> bool:
    """Whether every figure that a text of the pack names is final at a unit."""
    plans = {plan.code: plan for plan in pack_of(round_.campaign).bulletins}
    keys = set(keys_of(plans[code].title, plans[code].text)) - NAMES
    return keys <= standing_figures(round_, unit).keys()


def why_not_these(keys: Iterable[str], standing: Mapping[str, Standing]) -> Refusal | None:
    """Where a text names what is not final: not accepted, not signed, or nothing at all."""
    missing = [key for key in keys if key not in standing]
    if not missing:
        return None
    return Refusal(
        _("These figures are not final: their table is not accepted, or their count not signed."),
        code="not_final",
        details=missing,
    )


def why_not_as_kept(bulletin: Bulletin) -> Refusal | None:
    """Where a figure is not any more what it was when the text was kept."""
    figures = list(bulletin.figures.all())
    if not figures:
        return None
    standing = standing_figures(bulletin.round, bulletin.unit)
    changed = [each.key for each in figures if each.key not in standing
               or not standing[each.key].is_as(each)]  # fmt: skip
    if not changed:
        return None
    return Refusal(
        _("These figures changed since the text was kept: revise it, so that they are taken anew."),
        code="figures_changed",
        details=changed,
    )


def keys_of(title: str, text: str) -> list[str]:
    """What title and text name, each once."""
    return keys_in(f"{title}\n{text}")


def said_in(bulletin: Bulletin) -> dict[str, str]:
    """What the keys of a bulletin say. One query."""
    return {figure.key: figure.said for figure in bulletin.figures.all()}


@dataclass(frozen=True)
class Named:
    """A key that can be named, with what it says and is called."""

    key: str
    label: str
    said: str
    source: str


def nameable(round_: "Round", unit: "Unit") -> list[Named]:
    """Every figure of the unit that stands, in the order in which one asks for them."""
    standing = standing_figures(round_, unit)
    return [
        Named(key, label, standing[key].said, standing[key].source)
        for key, label in labels_of(unit.campaign).items()
        if key in standing
    ]


def sources_of(bulletin: Bulletin) -> list[Named]:
    """The figures of a bulletin with their sources."""
    campaign = bulletin.unit.campaign
    labels, annexes = labels_of(campaign), annexes_of(campaign)
    found = []
    for each in bulletin.figures.select_related("version", "count"):
        annex = annexes[each.key.partition(".")[0]]
        source = Standing(each.said, annex, each.version, each.count).source
        found.append(Named(each.key, labels[each.key], each.said, source))
    return found
