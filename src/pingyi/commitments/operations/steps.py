"""What is done with commitments: examined, published, kept, checked, appraised (N15)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.commitments.enums import CommitmentDeed, Fulfilment, LedgerKind
from pingyi.commitments.models import Commitment, Step
from pingyi.commitments.operations.propose import Promise, why_not_sound
from pingyi.commitments.permissions import why_not_do
from pingyi.commitments.queries.commitments import NAMED
from pingyi.commitments.rules.workflow import MOVES
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger


@transaction.atomic
def revise(
    *, commitment: Commitment, kind: str, text: str, due_on: date, by: Actor, now: datetime
) -> Commitment:
    """Say it otherwise while it is not examined, or after it came back.

    Refuses: not_a_maker, not_now, unknown_kind, text_missing, day_past.
    """
    commitment = _locked(commitment, CommitmentDeed.REVISE, by)
    refuse(why_not_sound(commitment.unit.campaign, Promise(kind, text, due_on), now))
    commitment.kind, commitment.text, commitment.due_on = kind, text.strip(), due_on
    return _moved(commitment, CommitmentDeed.REVISE, commitment.text, by, now)


@transaction.atomic
def examine(*, commitment: Commitment, by: Actor, now: datetime) -> Commitment:
    """Find it clear and right. Refuses: not_an_examiner, not_now."""
    commitment = _locked(commitment, CommitmentDeed.EXAMINE, by)
    return _moved(commitment, CommitmentDeed.EXAMINE, "", by, now)


@transaction.atomic
def send_back(*, commitment: Commitment, reason: str, by: Actor, now: datetime) -> Commitment:
    """Send it back where it is vague. Refuses: not_an_examiner, not_now, text_missing."""
    commitment = _locked(commitment, CommitmentDeed.SEND_BACK, by)
    _refuse_empty(reason)
    return _moved(commitment, CommitmentDeed.SEND_BACK, reason.strip(), by, now)


@transaction.atomic
def publish(*, commitment: Commitment, by: Actor, now: datetime) -> Commitment:
    """Hang it on the wall. Refuses: not_an_examiner, not_now."""
    commitment = _locked(commitment, CommitmentDeed.PUBLISH, by)
    commitment.published_on = day_of(now)
    return _moved(commitment, CommitmentDeed.PUBLISH, "", by, now)


@transaction.atomic
def keep(
    *, commitment: Commitment, progress: str, evidence: str, by: Actor, now: datetime
) -> Commitment:
    """Say what was done so far, and what shows it. Refuses: not_a_maker, not_now, text_missing."""
    commitment = _locked(commitment, CommitmentDeed.KEEP, by)
    _refuse_empty(progress, evidence)
    commitment.progress, commitment.evidence = progress.strip(), evidence.strip()
    words = f"{commitment.progress}\n{commitment.evidence}"
    return _moved(commitment, CommitmentDeed.KEEP, words, by, now)


@transaction.atomic
def check(
    *, commitment: Commitment, fulfilment: str, verdict: str, by: Actor, now: datetime
) -> Commitment:
    """Say whether it was kept, reported or not.

    Refuses: not_an_examiner, not_now, text_missing, unknown_fulfilment, nothing_reported.
    """
    commitment = _locked(commitment, CommitmentDeed.CHECK, by)
    _refuse_empty(verdict)
    if fulfilment not in Fulfilment.values:
        raise Refusal(_("Choose whether it was kept."), code="unknown_fulfilment")
    if fulfilment != Fulfilment.NOT and not commitment.evidence:
        raise Refusal(
            _("Nothing shows yet that it was kept: let progress be reported first."),
            code="nothing_reported",
        )
    commitment.fulfilment = fulfilment
    return _moved(commitment, CommitmentDeed.CHECK, verdict.strip(), by, now)


@transaction.atomic
def appraise(*, commitment: Commitment, words: str, by: Actor, now: datetime) -> Commitment:
    """Note what members and masses said of it in the meeting.

    Refuses: not_an_examiner, not_now, text_missing.
    """
    commitment = _locked(commitment, CommitmentDeed.APPRAISE, by)
    _refuse_empty(words)
    return _moved(commitment, CommitmentDeed.APPRAISE, words.strip(), by, now)


def _locked(commitment: Commitment, deed: CommitmentDeed, by: Actor) -> Commitment:
    """The commitment as it stands, behind its lock: of two at once the second is refused."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related(*NAMED).get(pk=commitment.pk)
    refuse(why_not_do(by, found, deed))
    return found


def _refuse_empty(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise Refusal(_("Fill in every box: it is read by others later."), code="text_missing")


def _moved(
    commitment: Commitment, deed: CommitmentDeed, text: str, by: Actor, now: datetime
) -> Commitment:
    """The commitment in its next state, with a step of its history and its line."""
    commitment.state = MOVES[deed].ends
    commitment.save()
    step = Step.objects.create(commitment=commitment, deed=deed, text=text, done_at=now, done_by=by)
    _write_line(MOVES[deed].kind, commitment, step, by, now)
    return commitment


def _write_line(
    kind: LedgerKind, commitment: Commitment, step: Step, by: Actor, now: datetime
) -> None:
    body: Mapping[str, object] = {
        "state": commitment.state,
        "text": step.text,
        "fulfilment": commitment.fulfilment,
    }
    ledger.append(
        kind=kind,
        subject=f"{commitment.unit.code} {commitment.pk}",
        body=body,
        rows=[commitment, step],
        by=signature(by),
        now=now,
    )
