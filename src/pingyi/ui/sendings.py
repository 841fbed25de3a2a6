"""A form that is sent twice is done once: a double click, or a retry after a lost answer.

The same sending is what the same person sent from the same page, to the letter, to the same
address. That pages differ is told by the token against forged requests, which Django hides anew
in every page it writes; what comes from no page (a script with the bare token) has no key and is
done each time.
"""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.core.requests import Visit
from pingyi.ui.models import Sending

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field, no password
KEPT = timedelta(days=1)
# How many deeds the request has done so far.
DEEDS = "pingyi.deeds"


def key_of(request: Visit) -> str:
    """The key of what was sent; nothing where it cannot be told from another sending.

    A page may do several deeds with what was sent, one after the other (a count is kept, then
    signed): each time it is asked for, the key is that of the next.
    """
    if request.htmx or len(request.POST.get(TOKEN, "")) != CSRF_TOKEN_LENGTH:
        return ""
    number = request.META.get(DEEDS, 0)
    request.META[DEEDS] = number + 1
    who = str(request.user.pk or request.session.session_key)
    files = [
        (name, file.name, _content_of(file))
        for name, found in sorted(request.FILES.lists())
        for file in found
    ]
    said = [who, request.get_full_path(), sorted(request.POST.lists()), files, number]
    return sha256(repr(said).encode()).hexdigest()


def _content_of(file: "UploadedFile[Any]") -> str:
    """A workbook in which one letter was mended has the name and the size of the other."""
    content = sha256()
    for part in file.chunks():
        content.update(part)
    file.seek(0)
    return content.hexdigest()


def begun(request: Visit, key: str, led_to: str) -> tuple[Sending, bool]:
    """The sending, and whether it is the first: of two at once the second waits for the first.

    `led_to` is where it will lead, as far as that is known beforehand.
    """
    known = {"sent_on": day_of(request.now), "led_to": led_to}
    return Sending.objects.get_or_create(key=key, defaults=known)


def done_before(request: Visit) -> Sending | None:
    """The same sending, where its deed was done: what it made may be what speaks against it now."""
    key = key_of(request) if request.user.is_authenticated else ""
    return Sending.objects.filter(key=key).first() if key else None


def keep(sending: Sending, answer: HttpResponse) -> None:
    """Note where the deed led, for whoever sends it again; a file can be asked for again."""
    if not isinstance(answer, HttpResponseRedirect):
        sending.delete()
    elif sending.led_to != answer.url:
        sending.led_to = answer.url
        sending.save(update_fields=["led_to"])


def answer_again(request: Visit, sending: Sending) -> HttpResponse:
    """Where the first sending led. What it said then need not be so any more: a role that was
    given by it may have ended since.
    """
    messages.warning(
        request,
        _(
            "This form was sent once before and was done then; it was not done again. If it is to "
            "be done once more, open the page anew."
        ),
    )
    return redirect(sending.led_to)


def forget(today: date) -> int:
    """Nobody sends again what was sent the day before yesterday; how many there were."""
    return Sending.objects.filter(sent_on__lt=today - KEPT).delete()[0]
