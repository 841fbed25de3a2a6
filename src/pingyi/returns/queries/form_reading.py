"""Which form a workbook is that came in, and what stands in it (N12)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from pingyi.accounts.queries import Actor
from pingyi.campaigns.queries import pack_of, rounds_visible_to, units_visible_to
from pingyi.campaigns.rules.pack import Table
from pingyi.documents.form_books import FACTS
from pingyi.documents.form_pages import FormFile, FormPage
from pingyi.returns.queries.form import pages_of, words_typed
from pingyi.returns.queries.form_pages import remarks_title
from pingyi.returns.rules.form_facts import (
    FORM,
    Facts,
    facts_in,
    form_key,
    form_version,
    seal_of,
)
from pingyi.returns.rules.forms import Fault, Filled, compared

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.organizations.models import Organization


@dataclass(frozen=True)
class Found:
    """Whose form it is, for which round, with which tables."""

    round: "Round"
    unit: "Unit"
    tables: list[Table]
    facts: Facts
    seal: str


def form_in(
    file: FormFile,
    actor: Actor,
    round_: "Round | None",
    unit: "Unit | None",
    organization: "Organization | None" = None,
) -> Found | Fault:
    """The form that a workbook says it is; a fault where it is none, or not the one expected.

    Rounds and units that the actor does not see are not there.
    """
    cells = file.sheets[FACTS].values if FACTS in file.sheets else {}
    lines = {str(cells[row, 1]): str(cells.get((row, 2), "")) for row, at in cells if at == 1}
    facts = facts_in(lines)
    if facts is None:
        return Fault("not_a_form")
    if facts.form != FORM:
        return Fault("wrong_form", value=facts.form)
    found = rounds_visible_to(actor, facts.campaign).filter(code=facts.round).first()
    if found is None:
        return Fault("unknown_round", value=f"{facts.campaign} {facts.round}")
    if round_ is not None and found != round_:
        return Fault("other_round", value=found.name, params={"expected": round_.name})
    whose = units_visible_to(actor, found.campaign).filter(code=facts.unit).first()
    if whose is None:
        return Fault("unknown_unit", value=facts.unit)
    if unit is not None and whose != unit:
        return Fault("other_unit", value=whose.name, params={"expected": unit.name})
    if organization is not None and whose.organization_id != organization.pk:
        return Fault("other_unit", value=whose.name, params={"expected": organization.name})
    pack = pack_of(found.campaign)
    if facts.version != form_version(pack):
        return Fault("old_version", value=facts.version)
    names = facts.tables.split(",")
    tables = [table for table in pack.tables if table.code in names]
    if len(tables) != len(names) or facts.language not in dict(settings.LANGUAGES):
        return Fault("form_altered", sheet=FACTS)
    whose.campaign = found.campaign
    return Found(found, whose, tables, facts, lines.get("seal", ""))


def filled_in(found: Found, file: FormFile) -> tuple[list[FormPage], Filled]:
    """The pages of the form, and what stands in the workbook; a fault where its seal is broken."""
    with translation.override(found.facts.language):
        pages = pages_of(found.round, found.unit, pack_of(found.round.campaign), found.tables)
        ours = [FACTS, remarks_title()]
    filled = compared(pages, file, words_typed(), ours)
    key = form_key(settings.IDENTITY_KEY)
    if found.seal != seal_of(found.facts, filled.stated, key):
        filled.faults.insert(0, Fault("form_altered", sheet=FACTS))
    return pages, filled
