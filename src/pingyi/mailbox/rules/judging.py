"""What an e-mail is taken for, and whether it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pingyi.mailbox.enums import Outcome, Silence
from pingyi.mailbox.rules.letters import File, FileKind, Head, Writer

# A form has less than 4 MB, which are a third more on their way.
MOST_BYTES = 8 * 1024 * 1024
MOST_FORMS = 5
# To one address within a day: more is a loop that nothing else has told.
MOST_ANSWERS = 20
# To addresses of no unit within a day, all of them together: whoever sends rubbish in the name of
# others makes no sender of rubbish of us.
MOST_STRANGERS = 50
A_DAY = timedelta(days=1)
# A mailbox that was used otherwise before is not answered back into the past.
OLD = timedelta(days=30)

NOT_READ = {
    Writer.US: Outcome.OURS,
    Writer.BOUNCE: Outcome.BOUNCE,
    Writer.PROGRAM: Outcome.PROGRAM,
    Writer.NOBODY: Outcome.NOBODY,
    Writer.FORGER: Outcome.FORGED,
}
# What is said of attachments of which none is a workbook, the first that is there.
INSTEAD = {
    FileKind.WINMAIL: Outcome.WINMAIL,
    FileKind.ENCRYPTED: Outcome.ENCRYPTED,
    FileKind.NESTED: Outcome.NESTED,
    FileKind.PACKED: Outcome.PACKED,
    FileKind.OTHER: Outcome.WRONG_FILE,
}


@dataclass(frozen=True)
class Forms:
    """The workbooks of an e-mail; or, where none is to be read, what is said instead."""

    files: Sequence[File] = ()
    instead: Outcome | None = None


def why_not_read(head: Head, arrived: datetime, now: datetime) -> Outcome | None:
    """As what an e-mail is put away unread and unanswered: nobody who could answer has written it,
    or it is of long ago.
    """
    if head.writer in NOT_READ:
        return NOT_READ[head.writer]
    return Outcome.TOO_OLD if now - arrived > OLD else None


def forms_among(files: Sequence[File]) -> Forms:
    """Which attachments are to be read as forms."""
    workbooks = [file for file in files if file.kind is FileKind.WORKBOOK]
    if len(workbooks) > MOST_FORMS:
        return Forms(instead=Outcome.TOO_MANY)
    if workbooks:
        return Forms(workbooks)
    kinds = {file.kind for file in files}
    found = (outcome for kind, outcome in INSTEAD.items() if kind in kinds)
    return Forms(instead=next(found, Outcome.NO_FILE))


def why_not_answer(head: Head, answers_today: int, *, was_told: bool = False) -> Silence | None:
    """Why whoever wrote it is not answered; `was_told` where the same was said to them before."""
    if head.wants_no_answer:
        return Silence.UNASKED
    if was_told:
        return Silence.BEFORE
    return Silence.ENOUGH if answers_today >= MOST_ANSWERS else None


def outcome_of(codes: Sequence[str]) -> Outcome:
    """What became of an e-mail, by what became of its forms: the worst of it."""
    if all(code in {"submitted", "unchanged"} for code in codes):
        return Outcome.TAKEN_OVER
    return Outcome.OTHER_UNIT if "other_unit" in codes else Outcome.TO_BE_MENDED
