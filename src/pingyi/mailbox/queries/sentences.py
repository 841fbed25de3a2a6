"""What is answered, in the language of the installation."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.mailbox.enums import Outcome
from pingyi.mailbox.rules.judging import MOST_BYTES, MOST_FORMS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MIB = 1024 * 1024
ATTACH = gettext_lazy("Attach the form itself, as it was filled in, and send it again.")
SENTENCES: "Mapping[Outcome, _StrPromise]" = {
    Outcome.UNKNOWN_SENDER: gettext_lazy(
        "This address is bound to no unit, so that nothing of your e-mail was taken over. Ask the "
        "campaign office to bind it, then send the form again. You are told so once."
    ),
    Outcome.NO_FILE: gettext_lazy("Your e-mail has no attachment."),
    Outcome.WRONG_FILE: gettext_lazy("What is attached is no workbook (.xlsx, .xls, .ods)."),
    Outcome.PACKED: gettext_lazy("What is attached is packed; it was not opened."),
    Outcome.WINMAIL: gettext_lazy(
        "Your mail program has hidden the attachment in a file winmail.dat, which is not opened: "
        "choose plain text or HTML as the format of the e-mail, not RTF."
    ),
    Outcome.NESTED: gettext_lazy(
        "The form lies inside of a forwarded e-mail, which is not opened."
    ),
    Outcome.ENCRYPTED: gettext_lazy("Your e-mail is encrypted and cannot be read here."),
    Outcome.TOO_MANY: gettext_lazy("More than %(forms)d workbooks are attached; none was opened."),
    Outcome.TOO_LARGE: gettext_lazy(
        "Your e-mail has more than %(mib)d MB and was not opened; a form is much smaller."
    ),
    Outcome.UNREADABLE: gettext_lazy("Your e-mail could not be taken apart."),
    Outcome.FAILED: gettext_lazy(
        "Your e-mail could not be worked on any further; the campaign office sees that it came."
    ),
}


def instead_of_a_receipt(outcome: Outcome) -> str:
    """What is said where no form was read, and what to do."""
    said = SENTENCES[outcome] % {"forms": MOST_FORMS, "mib": MOST_BYTES // MIB}
    if outcome in (Outcome.UNKNOWN_SENDER, Outcome.FAILED):
        return str(said)
    return f"{said}\n{ATTACH}"


def subject_of(outcome: Outcome, forms: Iterable[Mapping[str, str]]) -> str:
    """Receipts and outcome, which is all that a list of e-mails shows."""
    kept = list(forms)
    receipts = _(", ").join(form["receipt"] for form in kept if form["receipt"])
    if kept and all(form["code"] == "unchanged" for form in kept):
        return _("Receipt %(receipt)s: nothing to be done") % {"receipt": receipts}
    if outcome == Outcome.TAKEN_OVER:
        return _("Receipt %(receipt)s: taken over") % {"receipt": receipts}
    if receipts:
        return _("Receipt %(receipt)s: to be mended") % {"receipt": receipts}
    return _("Not taken over: %(why)s") % {"why": outcome.label}


def text_of(*, whose: str, parts: Iterable[str], has_marked: bool) -> str:
    """The whole answer: to whom, what became of each form, what to do."""
    found = [_("To %(unit)s:") % {"unit": whose}] if whose else []
    found += parts
    if has_marked:
        found.append(
            _("The form attached here has the places marked: mend them in it, send it back.")
        )
    found.append("-- \n" + _("This answer was written by a program."))
    return "\n\n".join(found) + "\n"
