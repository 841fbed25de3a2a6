"""What is typed into a form is kept before it is sent, and stands there again when it is opened.

A form that is worth it (`is_kept`) carries the name of its page, which is proven to be of the
account it was written for. While somebody types, the page sends itself with `autosave`
(ui/assets/typing.js); a form that is refused is kept as it was sent; one that is sent after the
session has ended is carried through the sign-in (accounts.views.ended). Each page keeps its own
draft, so that two devices do not overwrite each other: the newest is shown, others are named.
A draft is no record: no ledger line. It goes with its deed, or after thirty days.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.forms import (
    BaseForm,
    BooleanField,
    MultipleChoiceField,
    PasswordInput,
    Textarea,
)
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pingyi.core.requests import Visit
from pingyi.core.space import LAST, why_not_write_rows
from pingyi.ui.models import Draft
from pingyi.ui.sendings import TOKEN

# Fields of a form that is kept: its page, the draft it began from, which saving it is; a saving.
PAGE, FROM, NUMBER, AUTOSAVE = "draft", "draft_from", "draft_number", "autosave"
DROP = "drop"
OWN = frozenset({TOKEN, PAGE, FROM, NUMBER, AUTOSAVE})
KEPT, UNDER_WAY = timedelta(days=30), timedelta(days=1)
# Signs of all fields together; a form cannot be sent with much more.
LONGEST = 1_000_000
MOST_NUMBER = 2**31 - 1
Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Restored:
    """What was typed into a form before; `others` were typed on other pages and not sent yet."""

    draft: Draft
    others: list[Draft]
    is_filled_in: bool

    def value(self, name: str) -> str:
        """What was typed into a field; of several values the last."""
        return str((self.draft.typed.get(name) or [""])[-1])


def is_kept(form: BaseForm) -> bool:
    """Whether a draft of it is kept: where it says so, or has a box for longer texts."""
    says = getattr(form, "keeps_typing", None)
    widgets = [field.widget for field in form.fields.values()]
    if any(isinstance(widget, PasswordInput) for widget in widgets):
        return False
    return bool(says) if says is not None else any(isinstance(w, Textarea) for w in widgets)


# The page


def new_page(account: int) -> str:
    """The name of a page that is written for an account; nobody else can make one."""
    name = secrets.token_hex(8)
    return f"{name}-{_proof(account, name)}"


def is_page_of(account: int, page: str) -> bool:
    """Whether a page of that name was written for the account."""
    name, _dash, proof = page.partition("-")
    return constant_time_compare(proof, _proof(account, name))


def _proof(account: int, name: str) -> str:
    return salted_hmac("pingyi.ui.drafts", f"{account}:{name}").hexdigest()[:32]


# Kept


def keep(request: Visit) -> Draft | None:
    """Keep what was sent, where its page is one of the account's; else nothing."""
    account, page = request.user.pk, request.POST.get(PAGE, "")
    if account is None or not is_page_of(account, page):
        return None
    return keep_typed(account=account, address=request.path, sent=request.POST, now=request.now)


def keep_refused(request: Visit, form: BaseForm) -> None:
    """Keep what was sent and not done; the page that shows it goes on from there.

    On a full disk it stands in the page alone.
    """
    if not request.user.is_authenticated or not is_kept(form) or why_not_write_rows(LAST):
        return
    if (draft := keep(request)) is not None:
        vars(form)["kept"] = draft


def keep_typed(*, account: int, address: str, sent: QueryDict, now: datetime) -> Draft | None:
    """Keep what was typed at an address; nothing where it is too long, or older than what is kept.

    It takes the place of the draft that its page began from, unless that was gone on with.
    """
    typed = {name: values for name, values in sent.lists() if name not in OWN}
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        return None
    page, number = sent[PAGE], _number(sent.get(NUMBER, ""))
    known = {"address": address, "typed": typed, "kept_at": now, "number": number}
    draft, is_new = Draft.objects.get_or_create(page=page, kept_by_id=account, defaults=known)
    if is_new:
        _began_from(account, sent).delete()
    elif draft.number <= number and not draft.is_done:
        for name, value in known.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(known))
    return draft


def autosaved(request: Visit) -> HttpResponse:
    """The answer to a page that saves itself: that it was kept, in words; or to its discarding."""
    if request.POST[AUTOSAVE] == DROP:
        drop(request)
        return redirect(page_before(request))
    account = request.user.pk
    if account is None or not is_page_of(account, request.POST.get(PAGE, "")):
        return HttpResponse(_("This page was opened by another account."), status=409)
    if (reason := why_not_write_rows()) is not None:
        return HttpResponse(str(reason), status=503)
    if keep(request) is None:
        return HttpResponse(_("This is too long to be kept as a draft."), status=413)
    at = time_format(localtime(request.now), "H:i")
    return HttpResponse(_("Kept as a draft at %(time)s.") % {"time": at})


def is_autosave(request: HttpRequest) -> bool:
    """Whether a page saves what is being typed, instead of sending it."""
    return request.method == "POST" and AUTOSAVE in request.POST


def drop(request: Visit) -> None:
    """What was typed on this page is done with, and what it began from.

    A saving that is still on its way finds that, and keeps nothing any more.
    """
    account, page = request.user.pk, request.POST.get(PAGE, "")
    if account is None or not is_page_of(account, page):
        return
    done = {"address": request.path, "typed": {}, "kept_at": request.now, "is_done": True}
    Draft.objects.update_or_create(page=page, kept_by_id=account, defaults=done)
    _began_from(account, request.POST).delete()


def forget(now: datetime) -> int:
    """Nobody goes on after a month, and nothing is under way after a day; how many there were."""
    old = Q(kept_at__lt=now - KEPT) | Q(is_done=True, kept_at__lt=now - UNDER_WAY)
    return Draft.objects.filter(old).delete()[0]


def _began_from(account: int, sent: QueryDict) -> QuerySet[Draft]:
    """The draft that the page began from, where nothing was typed into that since."""
    page, _at, number = sent.get(FROM, "").partition("@")
    return Draft.objects.filter(page=page, kept_by_id=account, number=_number(number))


def _number(text: str) -> int:
    return min(int(text[:10]), MOST_NUMBER) if text.isdecimal() else 0


# Carried through the sign-in


def carried(request: HttpRequest) -> str:
    """What was sent after the session had ended, to be handed on with the sign-in."""
    if request.POST.get(PAGE, "") == "":
        return ""
    sent = {name: values for name, values in request.POST.lists() if name != TOKEN}
    return json.dumps({"address": request.path, "sent": sent})


def keep_carried(*, account: int, text: str, now: datetime) -> bool:
    """Keep what came with the sign-in, for the account it was typed by; whether it was."""
    try:
        found = json.loads(text)
        sent = QueryDict(mutable=True)
        for name, values in found["sent"].items():
            sent.setlist(name, [str(value) for value in values])
        address = str(found["address"])
    except (ValueError, TypeError, KeyError, AttributeError):
        # Not what `carried` has written.
        return False
    if not is_page_of(account, sent.get(PAGE, "")):
        return False
    return keep_typed(account=account, address=address, sent=sent, now=now) is not None


def page_before(request: HttpRequest) -> str:
    """The page that a form stood on, which its own address need not have."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return urlsplit(referer).path
    return request.path


# Restored


def restore(request: Visit, form: BaseForm, address: str = "") -> None:
    """Fill in what was typed before at the address, if anything was."""
    restore_all(request, {address or request.path: form})


def restore_all(request: Visit, forms: Mapping[str, BaseForm]) -> None:
    """The same for the forms of a page by their addresses, asked at once."""
    wanted = {address: form for address, form in forms.items() if is_kept(form)}
    if not wanted or not request.user.is_authenticated:
        return
    found: dict[str, list[Draft]] = {}
    drafts = Draft.objects.filter(kept_by=request.user.pk, address__in=wanted, is_done=False)
    for draft in drafts.order_by("-kept_at", "-pk"):
        found.setdefault(draft.address, []).append(draft)
    asked = request.GET.get(PAGE, "")
    for address, here in found.items():
        chosen = next((draft for draft in here if draft.page == asked), here[0])
        _fill(wanted[address], chosen, [draft for draft in here if draft is not chosen])


def began_from(form: BaseForm) -> str:
    """What the page of a form goes on from: what was just refused, or was typed before."""
    before = restored_in(form)
    draft: Draft | None = vars(form).get("kept")
    if draft is None and before is not None:
        draft = before.draft
    return f"{draft.page}@{draft.number}" if draft is not None else ""


def restored_in(form: BaseForm) -> Restored | None:
    """What was typed into a form before."""
    found: Restored | None = vars(form).get("restored")
    return found


def is_open(form: BaseForm) -> bool:
    """Whether a form takes what was typed before."""
    return bool(vars(form).get("takes_drafts", True))


def close(form: BaseForm) -> None:
    """It cannot be sent any more: what was typed before is shown beside it, not in it."""
    vars(form)["takes_drafts"] = False


def _fill(form: BaseForm, draft: Draft, others: list[Draft]) -> None:
    vars(form)["restored"] = Restored(draft, others, is_open(form))
    if is_open(form):
        form.initial = {**form.initial, **values_of(form, draft.typed)}


def values_of(form: BaseForm, typed: Typed) -> dict[str, Any]:
    """What was typed, as the form begins with it."""
    names = {form.add_prefix(name): name for name in form.fields}
    values: dict[str, Any] = {}
    for sent, given in typed.items():
        name = names.get(sent, sent)
        several = isinstance(form.fields.get(name), MultipleChoiceField)
        values[name] = list(given) if several else (given or [""])[-1]
    for name, field in form.fields.items():
        # What is ticked no longer is not sent at all.
        if isinstance(field, MultipleChoiceField):
            values.setdefault(name, [])
        elif isinstance(field, BooleanField):
            values.setdefault(name, False)
    return values


def words_of(form: BaseForm, draft: Draft) -> list[tuple[str, str]]:
    """What was typed, under the names of the fields; for a form that cannot be sent any more."""
    values = values_of(form, draft.typed)
    shown = [
        bound for bound in form if not bound.is_hidden and isinstance(values.get(bound.name), str)
    ]
    return [
        (str(bound.label), values[bound.name])
        for bound in shown
        if values[bound.name] not in ("", str(bound.initial))
    ]
