"""A unit says other figures where it must, and seals its answer to a table (N12)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns.queries import pack_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.returns.enums import LedgerKind, ReturnDeed
from pingyi.returns.models import Correction as CorrectionRow
from pingyi.returns.models import Return, Version
from pingyi.returns.operations.taking import Handed, step, taken, write_line
from pingyi.returns.permissions import (
    why_not_filled_on,
    why_not_for_this_reason,
    why_not_in_foot,
)
from pingyi.returns.queries.content import added_json, counted_now, counted_or_added, heads_digest
from pingyi.returns.queries.draft import Draft, draft_of, open_cells_of
from pingyi.returns.queries.imprint import foot_labels
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import corrections_of
from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.queries.sentences import sentence_of
from pingyi.returns.rules.cells import Cell, as_json, cells_of, is_said
from pingyi.returns.rules.checks import Finding
from pingyi.returns.rules.signing import digest_of, public_text, signed, signing_key

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Pack, Table

SCHEMA = "pingyi-return-1"


@transaction.atomic
def correct(
    *,
    round_: "Round",
    unit: "Unit",
    cell: str,
    said: int | str | None,
    reason: str,
    by: Actor,
    now: datetime,
) -> None:
    """Say something else in a cell than what is counted there; the same as counted takes it back.

    Refuses: unknown_cell, no_such_value, reason_says_nothing, cell_is_closed (after a sending back
    of other cells), and whatever stands against sealing.
    """
    row = taken(round_, unit, cell.partition(".")[0], ReturnDeed.SEAL, by)
    counted = counted_now(Moment(row.round), row.unit)
    if cell not in counted:
        sentence = _("The table has no cell “%(cell)s”.")
        raise Refusal(sentence % {"cell": cell}, code="unknown_cell")
    if not is_said(said):
        raise Refusal(
            _("Enter a whole number of 0 or more, or choose why there is none."),
            code="no_such_value",
        )
    refuse(_why_closed(row, cell))
    earlier = {"of_return__round": row.round, "of_return__unit": row.unit, "cell": cell}
    old = CorrectionRow.objects.filter(**earlier).first()
    if said == counted[cell]:
        if old is None:
            return
        CorrectionRow.objects.filter(pk=old.pk).delete()
        write_line(LedgerKind.CORRECTED, row, {"cell": cell}, by, now, rows=[old])
        return
    refuse(why_not_for_this_reason(reason))
    row.save()
    number, word = (said, "") if isinstance(said, int) else (None, said or "")
    kept, _made = CorrectionRow.objects.update_or_create(
        of_return=row,
        cell=cell,
        defaults={
            "counted": counted[cell],
            "number": number,
            "word": word,
            "reason": reason.strip(),
        },
    )
    body = {"cell": cell, "counted": counted[cell], "said": said}
    write_line(LedgerKind.CORRECTED, row, body, by, now, rows=[row, kept])


def _why_closed(row: Return, cell: str) -> Refusal | None:
    cells = open_cells_of(row)
    if cells is None or cell in cells:
        return None
    return Refusal(_("Only the figures that were sent back can be changed."), code="cell_is_closed")


@transaction.atomic
def seal(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    filled_on: date,
    foot: Mapping[str, str],
    words: Mapping[str, str] | None = None,
    cause: str = "",
    form: Handed | None = None,
    by: Actor,
    now: datetime,
) -> Version:
    """Seal the unit's answer to a table: its figures and heads as of now, for good, as a version.

    `foot` says who answers for it, under the labels of the pack; `words` explains each warning, by
    its key. After an acceptance it is an amendment and needs its `cause`; after a sending back only
    the columns of the cells that were sent back may change. What a unit wrote into its `form` is
    sealed as it stands there. Refuses: unknown_label, foot_missing, what rules.foot finds,
    check_failed (with every error), warning_unexplained, reason_says_nothing, not_as_in_form, and
    what stands against sealing in this state.
    """
    row = taken(round_, unit, table, ReturnDeed.SEAL, by, alone=True, form=form)
    plan = _table(row, table)
    refuse(why_not_filled_on(filled_on, row.round, day_of(now)))
    foot = _whole_foot(row, plan, foot)
    cause = _cause(row, cause)
    counted, rolled = _counted(row, form, now)
    draft = draft_of(row, plan, cells_of(counted, corrections_of(row.round, row.unit)))
    if form is not None:
        draft = _as_in_form(draft, form)
    found = draft.findings()
    content: dict[str, Any] = {
        "filled_on": filled_on.isoformat(),
        "foot": foot,
        "cells": _dated(draft.cells, draft.kept, now),
        "warnings": _explained(pack_of(row.round.campaign), found, words or {}),
        "cause": cause,
    }
    if form is not None:
        content["form"] = {"sha256": form.sha256, "receipt": form.receipt}
    if rolled:
        content["added"] = _added(row, rolled[table], set(draft.kept.values()), now)
    content["heads"] = heads_digest(row.round, row.unit, plan, content)
    version = _version(row, content, by, now)
    row.latest = version
    step(row, ReturnDeed.SEAL)
    row.save()
    body = {"version": version.number, "digest": version.digest, "cause": version.cause}
    write_line(LedgerKind.SEALED, row, body, by, now, rows=[row, version])
    return version


def _counted(
    row: Return, form: Handed | None, now: datetime
) -> tuple[Mapping[str, int | None], Mapping[str, RolledUp]]:
    """What is counted, or added up; once for all tables of a form."""
    if form is not None and form.counted:
        return form.counted, {}
    return counted_or_added(Moment(row.round, now), row.unit)


def _as_in_form(draft: Draft, form: Handed) -> Draft:
    """Beside the other tables of the form; nobody alters what the unit wrote into it."""
    altered = [code for code, cell in draft.cells.items() if form.cells[code] != cell]
    if altered:
        sentence = _("Figures of a form are sealed as they stand in it: %(cell)s is not.")
        raise Refusal(sentence % {"cell": altered[0]}, code="not_as_in_form")
    others = {code: cell for code, cell in form.cells.items() if code not in draft.cells}
    return replace(draft, others={**draft.others, **others})


def _cause(row: Return, cause: str) -> str:
    """Why what has been accepted is answered anew; said once, it stands until the next answer."""
    if row.accepted is None:
        return ""
    if not cause.strip() and row.latest is not None and row.latest != row.accepted:
        cause = row.latest.cause
    refuse(why_not_for_this_reason(cause))
    return cause.strip()


def _dated(
    cells: Mapping[str, Cell], kept: Mapping[str, str], now: datetime
) -> dict[str, dict[str, Any]]:
    """Each cell with the moment as of which it was counted: one that was not sent back is as it
    was in the version before.
    """
    return {
        code: {**said, "as_of": kept.get(code, now.isoformat())}
        for code, said in as_json(cells).items()
    }


def _added(
    row: Return, rolled: RolledUp, kept: Collection[str], now: datetime
) -> list[dict[str, Any]]:
    """What the cells were added up from: now, and at the moments of those that are kept."""
    before = row.latest.content.get("added", []) if row.latest else []
    kept_of = [each for each in before if each["as_of"] in kept]
    return [*kept_of, added_json(rolled, now.isoformat())]


def _version(row: Return, said: Mapping[str, Any], by: Actor, now: datetime) -> Version:
    """The next version, which says as well of what it is; signed."""
    number = row.versions.count() + 1 if row.latest else 1
    content = {
        "schema": SCHEMA,
        "campaign": row.round.campaign.code,
        "round": row.round.code,
        "unit": row.unit.code,
        "unit_name": row.unit.name,
        "table": row.table,
        "version": number,
        "as_of": now.isoformat(),
        **said,
    }
    key = signing_key(settings.IDENTITY_KEY)
    row.save()
    return Version.objects.create(
        of_return=row,
        number=number,
        content=content,
        digest=digest_of(content),
        signature=signed(content, key),
        public_key=public_text(key),
        cause=content["cause"],
        sealed_at=now,
        sealed_by=by,
    )


def _table(row: Return, code: str) -> "Table":
    return next(table for table in pack_of(row.round.campaign).tables if table.code == code)


def _whole_foot(row: Return, plan: "Table", foot: Mapping[str, str]) -> dict[str, str]:
    """Every line at the foot of the table, said."""
    if unknown := set(foot) - set(foot_labels(row.round)):
        sentence = _("The tables have no line “%(label)s”.")
        raise Refusal(sentence % {"label": min(unknown)}, code="unknown_label")
    said = {label: foot.get(label, "").strip() for label in plan.foot_labels}
    missing = [label for label, text in said.items() if not text]
    if missing:
        sentence = _("Fill in who answers for the table: %(labels)s.")
        raise Refusal(sentence % {"labels": "、".join(missing)}, code="foot_missing")
    for label, text in said.items():
        refuse(why_not_in_foot(label, text))
    return said


def _explained(
    pack: "Pack", found: list[Finding], words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Warnings with the words that explain them; refused over errors, and without words."""
    errors = [sentence_of(pack, each) for each in found if each.level == "error"]
    if errors:
        raise Refusal(
            _("The table cannot be sealed as it is."), code="check_failed", details=errors
        )
    unexplained = [each for each in found if not words.get(each.key, "").strip()]
    if unexplained:
        raise Refusal(
            _("Explain what differs from what was to be expected."),
            code="warning_unexplained",
            details=[sentence_of(pack, each) for each in unexplained],
        )
    for each in found:
        refuse(why_not_for_this_reason(words[each.key]))
    return [
        {"code": each.code, "cells": list(each.cells), "word": words[each.key].strip()}
        for each in found
    ]
