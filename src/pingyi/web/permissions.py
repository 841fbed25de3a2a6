"""Who may supervise, and who may make the very first account."""

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right
from pingyi.campaigns.queries import scopes
from pingyi.core.refusals import Refusal
from pingyi.web.queries.start import is_empty

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign


def why_not_supervise(actor: "User", campaign: "Campaign") -> Refusal | None:
    """The view over all units is for the office, clerks, secretaries and inspectors (N17)."""
    if any(scope.role in Right.SUPERVISE.roles for scope in scopes(actor, campaign)):
        return None
    return Refusal(
        _("Supervision is open to the office, clerks, township secretaries and inspectors."),
        code="not_a_supervisor",
    )


def why_not_read_access(actor: "User") -> Refusal | None:
    """The access log is for the campaign office, which sees accounts of its part of the tree."""
    if has_right(actor, Right.MANAGE_ACCOUNTS):
        return None
    return Refusal(_("The access log is open to the campaign office."), code="not_office")


def start_code() -> str:
    """The code that `pingyi serve` prints for a first start from another machine."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"first start", sha256).hexdigest()
    return digest[:10]


def why_not_start(given_code: str, *, is_local: bool) -> Refusal | None:
    """The first account is made once: on the machine itself, or with the code it printed."""
    if not is_empty():
        return Refusal(_("There is an account already: sign in."), code="already_started")
    if is_local or hmac.compare_digest(given_code.strip().encode(), start_code().encode()):
        return None
    return Refusal(
        _("Type the start code that “pingyi serve” printed on the server."), code="start_code"
    )
