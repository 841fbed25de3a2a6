"""A form that is sent twice is done once: a double click, or a retry after a lost answer.

The same sending is what the same person sent from the same page, to the letter, to the same
address. That pages differ is told by the token against forged requests, which Django hides anew
in every page it writes; what comes from no page (a script with the bare token) has no key and is
done each time.
"""

from datetime import date, timedelta
from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.core.requests import Visit
from pingyi.ui.models import Sending

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field, no password
KEPT = timedelta(days=1)


def key_of(request: Visit) -> str:
    """The key of what was sent; nothing where it cannot be told from another sending."""
    if request.htmx or len(request.POST.get(TOKEN, "")) != CSRF_TOKEN_LENGTH:
        return ""
    who = str(request.user.pk or request.session.session_key)
    files = [(f.name, f.size) for _name, found in sorted(request.FILES.lists()) for f in found]
    said = [who, request.get_full_path(), sorted(request.POST.lists()), files]
    return sha256(repr(said).encode()).hexdigest()


def begun(request: Visit, key: str, led_to: str, said: str) -> tuple[Sending, bool]:
    """The sending, and whether it is the first: of two at once the second waits for the first.

    `led_to` and `said` are what it will be answered, as far as that is known beforehand.
    """
    known = {"sent_on": day_of(request.now), "led_to": led_to, "said": said}
    return Sending.objects.get_or_create(key=key, defaults=known)


def keep(sending: Sending, answer: HttpResponse, said: str) -> None:
    """Note where the deed led, for whoever sends it again; a file can be asked for again."""
    if not isinstance(answer, HttpResponseRedirect):
        sending.delete()
    elif (sending.led_to, sending.said) != (answer.url, said):
        sending.led_to, sending.said = answer.url, said
        sending.save(update_fields=["led_to", "said"])


def answer_again(request: Visit, sending: Sending) -> HttpResponse:
    """What the first sending was answered."""
    messages.success(request, sending.said or _("This was sent once before, and was done then."))
    return redirect(sending.led_to)


def forget(today: date) -> int:
    """Nobody sends again what was sent the day before yesterday; how many there were."""
    return Sending.objects.filter(sent_on__lt=today - KEPT).delete()[0]
