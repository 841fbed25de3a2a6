"""A form comes in: it is taken over as it stands, or all that is wrong is said (ADR 0030)."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns.queries import rounds_locked, units_locked
from pingyi.core.refusals import Refusal, refuse
from pingyi.documents.form_cells import FORM_LIMITS
from pingyi.documents.form_cells import opened as open_form
from pingyi.documents.form_pages import FormFile
from pingyi.documents.workbooks import MIB, UnreadableWorkbook
from pingyi.ledger import operations as ledger
from pingyi.returns.enums import IntakeState, LedgerKind
from pingyi.returns.models import Intake, Version
from pingyi.returns.operations.correcting import correct_table
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.sending import submit
from pingyi.returns.operations.taking import Handed
from pingyi.returns.permissions import side_of, why_not_hand_in
from pingyi.returns.queries.form_answers import Answer, answers_in, placed
from pingyi.returns.queries.form_reading import Found, filled_in, form_in
from pingyi.returns.queries.intakes import taken_over
from pingyi.returns.queries.rolled import adds_up
from pingyi.returns.rules.forms import Fault, Filled
from pingyi.returns.rules.workflow import Side

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.organizations.models import Organization

LONGEST_NAME = 200


@dataclass(frozen=True)
class Outcome:
    """What became of a form. `is_again`: the same file had been taken over before."""

    intake: Intake
    is_again: bool = False


@dataclass(frozen=True)
class Mailed:
    """That a form came by e-mail: from whom, of which organization the address is, and what is
    written besides in the transaction that keeps the form.
    """

    sender: str
    organization: "Organization"
    then: Callable[[Outcome], None]


@dataclass
class _Read:
    """A file as far as it could be read, before anything is written."""

    content: bytes
    name: str
    digest: str
    mailed: Mailed | None = None
    found: Found | None = None
    filled: Filled = field(default_factory=Filled)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def take_in(
    *,
    content: bytes,
    filename: str,
    by: Actor,
    now: datetime,
    round_: "Round | None" = None,
    unit: "Unit | None" = None,
    mailed: Mailed | None = None,
    opened: FormFile | UnreadableWorkbook | None = None,
) -> Outcome:
    """Take over the tables of a form: seal and submit them, all of them or none.

    `round_`, `unit` and who has `mailed` it are those it is expected from; `opened` is what was
    read of the file, where somebody has read it already, before a transaction. What is wrong with
    it is no refusal: it is kept with the file, and the outcome says it. Refuses file_too_large and
    not_to_hand_in, of which nothing is kept.
    """
    if len(content) > FORM_LIMITS.file_bytes:
        sentence = _("The file has %(mib)d MB; a form has less than %(limit)d MB.")
        sizes = {"mib": len(content) // MIB, "limit": FORM_LIMITS.file_bytes // MIB}
        raise Refusal(sentence % sizes, code="file_too_large")
    if unit is not None:
        refuse(why_not_hand_in(by, unit))
    before = taken_over(sha256(content).hexdigest())
    if before is not None and before.unit is not None and _is_of(before.unit, unit, mailed):
        refuse(why_not_hand_in(by, before.unit))
        return _again(before, mailed)
    read = _read(content, filename, by, round_, unit, mailed, opened or open_form(content))
    if read.found is not None:
        refuse(why_not_hand_in(by, read.found.unit))
        if not read.filled.faults:
            try:
                return _taken_over(read, read.found, by, now)
            except _Faulty as faulty:
                read.filled.faults, read.filled.notes = faulty.faults, faulty.notes
        else:
            read.filled.faults += _more_faults(read.found, read.filled, now)
    return Outcome(_refused(read, by, now, round_, unit))


def _is_of(whose: "Unit", unit: "Unit | None", mailed: Mailed | None) -> bool:
    """Whether a form that was taken over is of whom it is expected from."""
    if unit not in {None, whose}:
        return False
    return mailed is None or whose.organization_id == mailed.organization.pk


@transaction.atomic
def _again(before: Intake, mailed: Mailed | None) -> Outcome:
    """The same receipt; whoever mailed it is told so."""
    outcome = Outcome(before, is_again=True)
    if mailed is not None:
        mailed.then(outcome)
    return outcome


def _read(
    content: bytes,
    filename: str,
    by: Actor,
    round_: "Round | None",
    unit: "Unit | None",
    mailed: Mailed | None,
    file: FormFile | UnreadableWorkbook,
) -> _Read:
    """What the file is and says."""
    name = PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:]
    read = _Read(content, name, sha256(content).hexdigest(), mailed)
    if isinstance(file, UnreadableWorkbook):
        read.filled.faults += [Fault(code, params=_params(said)) for code, said in file.problems]
        return read
    found = form_in(file, by, round_, unit, mailed.organization if mailed else None)
    if isinstance(found, Fault):
        read.filled.faults.append(found)
        return read
    read.found = found
    pages, read.filled = filled_in(found, file)
    read.places = {
        spot.key: (page.title, spot.name) for page in pages for spot in page.spots if spot.is_entry
    }
    return read


def _params(said: Any) -> dict[str, str | int]:
    """What a reader says of a file, as plain words."""
    return {
        name: "、".join(map(str, value)) if isinstance(value, list) else value
        for name, value in said.items()
    }


class _Faulty(Exception):
    """The form cannot be taken over; nothing of it was written."""

    def __init__(self, faults: list[Fault], notes: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults
        self.notes = notes


def _more_faults(found: Found, filled: Filled, now: datetime) -> list[Fault]:
    """What the checks say of the rest of a form in which something was not understood."""
    if any(fault.code in {"sheet_missing", "form_altered"} for fault in filled.faults):
        return []
    return answers_in(found.round, found.unit, found.tables, filled, now).faults


@transaction.atomic
def _taken_over(read: _Read, found: Found, by: Actor, now: datetime) -> Outcome:
    """Seal and submit every table that is answered; the round and the unit wait meanwhile.

    Of the same file sent twice at once the second waits here, and finds the receipt of the first.
    """
    with ledger.lines_last():
        round_ = rounds_locked(found.round)
        unit = units_locked([found.unit.pk])[found.unit.pk]
        unit.campaign = round_.campaign
        before = taken_over(read.digest)
        if before is not None:
            return _again(before, read.mailed)
        answers = answers_in(round_, unit, found.tables, read.filled, now)
        notes = [*read.filled.notes, *answers.notes]
        if answers.faults:
            raise _Faulty(answers.faults, notes)
        if not answers.answers:
            return Outcome(_unchanged(read, by, now, notes))
        cells = {code: cell for each in answers.answers for code, cell in each.cells.items()}
        intake = _intake(read, by, now)
        counted = {} if adds_up(unit) else answers.counted
        form = Handed(read.digest, intake.receipt, cells, counted)
        given = {"round_": round_, "unit": unit, "form": form, "by": by, "now": now}
        try:
            versions = _deeds(answers.answers, given)
        except Refusal as refusal:
            raise _Faulty([_as_fault(refusal)], notes) from refusal
        intake.state = IntakeState.SUBMITTED
        intake.notes = _told(notes, read.places)
        intake.versions = [
            {"table": each.of_return.table, "number": each.number, "digest": each.digest}
            for each in versions
        ]
        return Outcome(_kept(intake, read, by, now))


def _deeds(answers: Sequence[Answer], given: dict[str, Any]) -> list[Version]:
    """First what is said in all tables: sealed, each is held against the others."""
    for each in answers:
        correct_table(table=each.table.code, cells=each.cells, **given)
    made = []
    for each in answers:
        version = seal(
            table=each.table.code, filled_on=each.filled_on, foot=each.foot, words=each.words,
            cause=each.cause, **given,
        )  # fmt: skip
        made.append(submit(table=each.table.code, number=version.number, **given))
    return made


def _as_fault(refusal: Refusal) -> Fault:
    """What an operation refuses, in its own sentence."""
    details = "".join(map(str, refusal.details))
    return Fault(refusal.code, params={"sentence": f"{refusal}{details}"})


@transaction.atomic
def _refused(
    read: _Read, by: Actor, now: datetime, round_: "Round | None", unit: "Unit | None"
) -> Intake:
    """Keep the file and what is wrong with it; sent again by the same person it is the same row."""
    made = _intake(read, by, now)
    if read.found is None:
        made.round, made.unit = (round_, unit) if round_ and unit else (None, None)
    _as_before(made, IntakeState.REFUSED, by)
    made.faults = _told(read.filled.faults, read.places)
    made.notes = _told(read.filled.notes, read.places)
    return _kept(made, read, by, now)


def _unchanged(read: _Read, by: Actor, now: datetime, notes: Sequence[Fault]) -> Intake:
    """Keep a form that says again what was sent, or is not asked for; its notes tell."""
    made = _intake(read, by, now)
    _as_before(made, IntakeState.UNCHANGED, by)
    made.notes = _told(notes, read.places)
    return _kept(made, read, by, now)


def _as_before(made: Intake, state: IntakeState, by: Actor) -> None:
    """Into this state; the row of the same file of the same person, where it is in it already."""
    made.state = state
    same = Intake.objects.filter(sha256=made.sha256, state=state, received_by=by, unit=made.unit)
    if (mine := same.first()) is not None:
        made.pk, made.file, made.received_at = mine.pk, mine.file, mine.received_at


def _intake(read: _Read, by: Actor, now: datetime) -> Intake:
    """The row of the file, not written yet."""
    made = Intake(
        filename=read.name, sha256=read.digest, received_at=now, received_by=by,
        entries={**read.filled.raw, **{k: v for k, v in read.filled.said.items() if v is not None}},
        mailed_from=read.mailed.sender if read.mailed else None,
    )  # fmt: skip
    if (found := read.found) is not None:
        made.round, made.unit = found.round, found.unit
        made.tables = [table.code for table in found.tables]
        made.language = found.facts.language
        made.is_handed_in = not side_of(by, found.unit, Side.SENDER)
    return made


def _told(faults: Sequence[Fault], places: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    return [asdict(fault) for fault in placed(faults, places)]


def _kept(intake: Intake, read: _Read, by: Actor, now: datetime) -> Intake:
    """Write row and line, and the file where it was not kept before."""
    if not intake.file:
        # Named by its hash: the name people gave says nothing about what it is.
        intake.file.save(read.digest, ContentFile(read.content), save=False)
    intake.save()
    if read.mailed is not None:
        # Before the line, behind which nothing else is written (ADR 0018).
        read.mailed.then(Outcome(intake))
    whose = f"{intake.unit.code} {intake.round.code}" if intake.unit and intake.round else "-"
    ledger.append(
        kind=LedgerKind.RECEIVED,
        subject=f"{whose} {intake.receipt}",
        body={
            "sha256": intake.sha256,
            "code": intake.code,
            "tables": [each["table"] for each in intake.versions],
            **({"mailed_by": read.mailed.organization.code} if read.mailed else {}),
        },
        rows=[intake],
        by=signature(by),
        now=now,
    )
    return intake
