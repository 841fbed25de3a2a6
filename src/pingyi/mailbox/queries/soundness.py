"""Whether the mailbox is read, for `pingyi check`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from pingyi.keeping.doors import Found
from pingyi.mailbox.queries.mails import last_look

TOO_LONG = timedelta(minutes=30)


def soundness(now: datetime) -> Found:
    """When it was last read, and what stands against it."""
    what = _("Mailbox")
    if settings.MAILBOX is None:
        return Found(what, _("none: forms are sent in on pages alone"))
    look = last_look()
    if look is None:
        mend = _("Start “pingyi serve”, or “pingyi mail poll”.")
        return Found(what, _("not looked into yet"), mend)
    if look.last_error:
        mend = _("See to PINGYI_MAILBOX_URL and the mail server, then “pingyi mail poll”.")
        return Found(what, _("cannot be read: %(why)s") % {"why": look.last_error}, mend)
    said = make_naive(look.looked_at).strftime("%Y-%m-%d %H:%M")
    told = _("last read on %(when)s") % {"when": said}
    is_late = now - look.looked_at > TOO_LONG
    return Found(what, told, _("Start “pingyi serve”, or “pingyi worker”.") if is_late else "")
