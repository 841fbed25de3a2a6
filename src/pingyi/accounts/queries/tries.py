"""Who tries to sign in, as what is counted: a name, one browser of a name, a place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.models import FailedTries, User
from pingyi.accounts.rules.addresses import place_of
from pingyi.accounts.rules.waits import NONE, OF_ADDRESS, OF_NAME, Failures, wait
from pingyi.core.refusals import Refusal, Sentence

SALT = "pingyi.accounts.tries"
NAMES_TOLD_APART = 4
"""Digits of the fingerprint of a name that nobody has. It may be a password typed into the wrong
field: so few that none can be found again from them.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody signs in: the address, and the browser with the accounts that have
    signed in there before.
    """

    address: str = ""
    browser: str = ""
    accounts: frozenset[int] = frozenset()

    def knows(self, account: User | None) -> bool:
        """Whether this account has signed in with this browser before."""
        return account is not None and bool(self.browser) and account.pk in self.accounts


class Wait(Refusal):
    """Too many failures: the next try has to wait so long."""

    def __init__(self, sentence: Sentence, left: timedelta) -> None:
        super().__init__(sentence, code="wait")
        # Whole seconds, so that nobody comes a moment too early.
        self.seconds = max(1, -(-left // timedelta(seconds=1)))


def key_of(username: str, account: User | None, origin: Origin) -> str:
    """What failures are counted by. Whoever has signed in with a browser before has a count of
    their own there: nobody else can make them wait.
    """
    if account is not None and origin.knows(account):
        return f"browser:{account.pk}:{origin.browser}"
    if account is not None:
        return f"account:{account.pk}"
    return f"name:{salted_hmac(SALT, username).hexdigest()[:NAMES_TOLD_APART]}"


def place_key(account: User | None, origin: Origin) -> str:
    """The place that is counted beside the name; nothing for a browser that is known."""
    place = "" if origin.knows(account) else place_of(origin.address)
    return f"place:{place}" if place else ""


def failures_of(key: str) -> Failures:
    """What is counted under a key."""
    row = FailedTries.objects.filter(key=key).values_list("count", "last_at").first()
    return Failures(*row) if row else Failures()


def why_wait(of_name: Failures, of_place: Failures, now: datetime) -> Wait | None:
    """How long a try has to wait, for the name or for the place, whichever is longer."""
    by_name, by_place = wait(of_name, now, OF_NAME), wait(of_place, now, OF_ADDRESS)
    if by_place > by_name:
        told = _("Signing in has failed too often from your address, with several names.")
    elif by_name > NONE:
        told = _("Signing in with this name has failed several times in a row.")
    else:
        return None
    left = max(by_name, by_place)
    sentence = _(
        "%(told)s Please wait %(time)s, then try again. Trying before that makes the wait no "
        "longer."
    )
    return Wait(sentence % {"told": told, "time": duration_text(left)}, left)


def duration_text(time: timedelta) -> str:
    """Seconds below a minute, else minutes, rounded up."""
    seconds = max(1, -(-time // timedelta(seconds=1)))
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
