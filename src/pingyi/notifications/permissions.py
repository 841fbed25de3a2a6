"""Who decides on e-mails that did not arrive for certain."""

from datetime import datetime

from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.notifications.queries.office import looks_after_mail
from pingyi.notifications.rules.trying import DAYS_OF_A_LINK

# With a link to confirm an address: of an account, and to an address.
MOST_LETTERS = 5


def why_not_decide(actor: Actor, now: datetime) -> Refusal | None:
    """E-mails are of the whole installation: for the office above which there is none."""
    if actor is None or looks_after_mail(actor, day_of(now)):
        return None
    return Refusal(
        _("E-mails are looked after by the campaign office at the top of the tree."),
        code="not_the_top_office",
    )


def why_not_urge(chosen: int, with_account: int) -> Refusal | None:
    """Somebody who owes something and can sign in, so that the message is read."""
    if not chosen:
        return Refusal(_("Nobody is chosen: tick whom to urge, or choose all."), code="nobody")
    if not with_account:
        return Refusal(
            _("None of them has an account: copy the text, or print the list and telephone."),
            code="no_accounts",
        )
    return None


def why_not_urge_again(told: int) -> Refusal | None:
    """Once a day is enough for everybody."""
    if told:
        return None
    return Refusal(_("All of them have been urged today already."), code="urged_today")


def why_not_write_there(written: int) -> Refusal | None:
    """Whose address it is is not known: it gets a few letters a day, and no more."""
    if written < MOST_LETTERS:
        return None
    sentence = _("%(n)d e-mails with a link were sent within a day. Look for them, or wait a day.")
    return Refusal(sentence % {"n": MOST_LETTERS}, code="too_many_letters")


def not_this_link() -> Refusal:
    """Why an address is not confirmed by a link."""
    sentence = _(
        "This link is of another account or address, or older than %(n)d days. Save the address"
        " once more under “E-mail and calendar”: another link is sent there."
    )
    return Refusal(sentence % {"n": DAYS_OF_A_LINK}, code="not_this_link")


def why_not_this_one(*, is_unclear: bool) -> Refusal | None:
    """Only what is perhaps sent or was given up."""
    if is_unclear:
        return None
    return Refusal(_("Nothing is to be decided about this e-mail any more."), code="not_unclear")
