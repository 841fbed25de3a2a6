"""A form that came by e-mail, and what is answered (N12, ADR 0033)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.campaigns.queries import pack_of
from pingyi.mailbox.doors import Taken
from pingyi.returns.enums import IntakeState
from pingyi.returns.operations.intake import Mailed, Outcome, take_in
from pingyi.returns.queries.form_sentences import FaultLine, fault_lines
from pingyi.returns.queries.intakes import came_back

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization
    from pingyi.returns.models import Intake

LINES_SAID = 30


def take_in_mailed(
    content: bytes,
    filename: str,
    sender: str,
    organization: "Organization",
    now: datetime,
    then: Callable[[Taken], None],
) -> Outcome:
    """Take in a form from the address of an organization, as its own deed (mailbox.doors).

    Refuses as `take_in` does.
    """
    mailed = Mailed(sender, organization, lambda outcome: then(_taken(outcome)))
    return take_in(content=content, filename=filename, by=None, now=now, mailed=mailed)


def _taken(outcome: Outcome) -> Taken:
    """The outcome in the words of an e-mail; a form with errors goes back marked."""
    intake = outcome.intake
    is_known = intake.unit is not None and intake.round is not None
    return Taken(
        code=intake.code,
        text="\n".join(_lines(intake, is_again=outcome.is_again)),
        receipt=intake.receipt,
        page=_page(intake),
        enclosed=str(intake.pk) if intake.faults and is_known else "",
    )


def _page(intake: "Intake") -> str:
    if intake.unit is None or intake.round is None:
        return ""
    where = [intake.round.campaign.code, intake.round.code, intake.unit.code, intake.pk]
    return reverse("returns:received", args=where)


def _lines(intake: "Intake", *, is_again: bool) -> list[str]:
    found = [_("Receipt: %(receipt)s") % {"receipt": intake.receipt}]
    pack = None
    if intake.unit is not None and intake.round is not None:
        pack = pack_of(intake.round.campaign)
        whose = {"unit": intake.unit.name, "round": intake.round.name}
        found.append(_("Unit: %(unit)s; round: %(round)s") % whose)
    if intake.state == IntakeState.SUBMITTED:
        codes = [each["table"] for each in intake.versions]
        annexes = [table.annex for table in pack.tables if table.code in codes] if pack else []
        said = _("Taken over before, and sealed and submitted then: %(tables)s.") if is_again else (
            _("Sealed and submitted as it stands: %(tables)s.")
        )  # fmt: skip
        found.append(said % {"tables": _(", ").join(annexes) or "–"})
        if is_again and (back := came_back(intake)):
            found.append(
                _("Since then %(tables)s came back or were withdrawn. Fetch a new form for them.")
                % {"tables": _(", ").join(back)}
            )
    elif intake.state == IntakeState.UNCHANGED:
        found.append(
            _("It says what was sent before: nothing was sent now, nothing is to be done.")
        )
    else:
        found += _errors(fault_lines(pack, intake.faults))
    return found


def _errors(lines: list[FaultLine]) -> list[str]:
    """Each with its cell; the rest stands in the form that goes back."""
    said = ngettext(
        "%(count)d place is to be mended; nothing of the form was taken over:",
        "%(count)d places are to be mended; nothing of the form was taken over:",
        len(lines),
    )
    found = [said % {"count": len(lines)}]
    found += [f"{number}. {_told(line)}" for number, line in enumerate(lines[:LINES_SAID], 1)]
    if len(lines) > LINES_SAID:
        found.append(_("… and %(count)d more.") % {"count": len(lines) - LINES_SAID})
    return found


def _told(line: FaultLine) -> str:
    where = [" ".join(filter(None, (line.sheet, line.cell))), line.row, line.column]
    place = " · ".join(filter(None, where))
    value = _("“%(value)s”") % {"value": line.value} if line.value else ""
    return _(": ").join(filter(None, (place, value, line.sentence)))
