"""One way to do a deed from a page, and one way to show that it was refused.

A deed whose page is a form is a `Deed`. A form that stands in a page of another kind is done by
`done`, a button by `done_or_refused`. What was typed stays; the refusal stands above the form with
its details, or above the page that the button leads back to.

What is to be done is one operation, called with its arguments by name: those that the form gives
(`values()` where it has them, else its fields), `by` and `now`.

A page that edits or signs something that exists names it (`edits`, see ui.edits): it is refused
where it is not as it was seen. A form that is sent twice is done once (ui.sendings). What is
typed into a form is kept before it is sent (ui.drafts).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm, PasswordInput
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pingyi.core.refusals import Refusal, refuse
from pingyi.core.requests import Visit
from pingyi.core.space import NO_SPACE, why_not_write_rows
from pingyi.ui import drafts, sendings
from pingyi.ui import edits as seen
from pingyi.ui.doors import REMARKS
from pingyi.ui.edits import Edited

DETAILS_SHOWN = 10

# A page with a form: POST does the deed, GET shows it.
form_page = require_http_methods(["GET", "HEAD", "POST"])

Made = TypeVar("Made")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Deed:
    """A page for one deed: its words, its form, and what it does with sound values.

    Done, it says `done` and leads on `to` what was made, or back. With `finds` a search box above
    the form finds what its field `target` then offers. `refusal` is why it cannot be done at all:
    it stands there instead of an empty form. What a `template` of its own shows besides is asked
    of `context` only where it is shown.
    """

    title: str
    form: BaseForm
    submit: str
    do: Callable[..., Any]
    back: str
    done: str | Callable[[Any], str] = ""
    to: Callable[[Any], str] | None = None
    state: str = ""
    finds: str = ""
    refusal: Refusal | None = None
    edits: Edited | None = None
    template: str = "ui/deed.html"
    context: Callable[[], dict[str, Any]] = dict

    def page(self, request: Visit) -> HttpResponse:
        """GET shows the form; POST does the deed once, or says what stands against it."""
        if self.refusal is not None:
            drafts.close(self.form)
            if self.form.is_bound:
                refuse_form(self.form, self.refusal)
        to = self.to or self.back
        answer = done(
            request, self.form, self.do, to=to, said=self.done, edits=self.edits, back=self.back
        )
        if answer is not None:
            return answer
        shown = {"form": self.form, "deed": self, **self.context()}
        return render(request, self.template, shown, status=status_of(self.form))

    @property
    def is_refused(self) -> bool:
        """Nothing to fill in; what was typed before it was refused is kept."""
        return self.refusal is not None and not self.form.is_bound

    @property
    def is_to_be_searched(self) -> bool:
        """There is nothing to choose from yet."""
        target = self.form.fields.get("target")
        return bool(self.finds) and not getattr(target, "choices", True)


def offered(request: HttpRequest, find: Callable[[str], QuerySet[Row]]) -> QuerySet[Row]:
    """What the field `target` offers: the one that was chosen, else what the search finds.

    Without either that is nothing. What can be chosen at all is what an empty text finds.
    """
    chosen, text = request.POST.get("target", ""), request.GET.get("q", "").strip()
    if chosen.isdecimal():
        return find("").filter(pk=int(chosen))
    return find(text) if text else find("").none()


class Refused(ValidationError):
    """A refusal among the errors of a form."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal), code=refusal.code)
        self.refusal = refusal


def done(
    request: Visit,
    form: BaseForm,
    do: Callable[..., Made],
    *,
    to: str | Callable[[Made], str | HttpResponse],
    said: str | Callable[[Made], str] = "",
    edits: Edited | None = None,
    back: str = "",
) -> HttpResponse | None:
    """The deed of a form that was sent; None where its page is to be shown, with what was typed.

    `back` is a page to be shown where the address itself has none.
    """
    if request.method != "POST":
        drafts.restore(request, form)
        return None
    if drafts.is_autosave(request):
        return drafts.autosaved(request)
    if not form.is_valid():
        if (again := sendings.done_before(request)) is not None:
            return sendings.answer_again(request, again)
        drafts.keep_refused(request, form)
        return None
    values = form.values() if hasattr(form, "values") else form.cleaned_data
    try:
        deed = partial(do, **values, by=request.user, now=request.now)
        answer = _Answer(request, to, said, back or request.get_full_path())
        answered = _done_once(request, deed, answer, edits, form)
    except Refusal as refusal:
        refuse_form(form, refusal)
        drafts.keep_refused(request, form)
        return None
    _remark(request, form)
    drafts.drop(request)
    return answered


def _remark(request: HttpRequest, form: BaseForm) -> None:
    """What rooms say of what was typed, beside what was done."""
    typed = "\n".join(
        text
        for name, text in form.cleaned_data.items()
        if isinstance(text, str) and not isinstance(form.fields[name].widget, PasswordInput)
    )
    for remark_on in REMARKS.values():
        if remark := remark_on(typed):
            messages.warning(request, remark)


def done_or_refused(
    request: Visit,
    do: Callable[..., Made],
    *,
    back: str,
    to: Callable[[Made], str | HttpResponse] | None = None,
    said: str | Callable[[Made], str] = "",
    listed_at: str = "",
    edits: Edited | None = None,
) -> HttpResponse:
    """The deed of a button: on with what came of it, or back with why it was refused.

    `listed_at` is a page that has all the details: a refusal with details leads there instead.
    """
    try:
        deed = partial(do, by=request.user, now=request.now)
        return _done_once(request, deed, _Answer(request, to or back, said, back), edits, None)
    except Refusal as refusal:
        if refusal.details and listed_at:
            messages.error(request, str(refusal))
            return redirect(listed_at)
        return refused(request, refusal, back)


def refused(request: HttpRequest, refusal: Refusal, back: str) -> HttpResponse:
    """Back to a page, which says above all else why the deed was refused."""
    messages.error(request, "\n".join(lines_of(refusal)))
    return redirect(back)


def status_of(*forms: BaseForm) -> int:
    """The status of a page with forms: 422 where one was sent and its deed was not done, 503 where
    there was no space for it.
    """
    reasons = [refusal_of(form) for form in forms if form.errors]
    if any(reason is not None and reason.code == NO_SPACE for reason in reasons):
        return 503
    return 422 if reasons else 200


def lines_of(refusal: Refusal, most: int | None = DETAILS_SHOWN) -> list[str]:
    """The sentence, then the details; of a long list the first ones, and how many more."""
    shown = refusal.details[:most]
    more = len(refusal.details) - len(shown)
    lines = [" ".join(str(line).splitlines()) for line in (refusal.sentence, *shown)]
    if more:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return lines


def refusal_of(form: BaseForm) -> Refusal | None:
    """Why the deed of a form was refused."""
    errors = [error for field in form.errors.as_data().values() for error in field]
    return next((error.refusal for error in errors if isinstance(error, Refused)), None)


def refuse_form(form: BaseForm, refusal: Refusal) -> None:
    """Keep a refusal with the form; `refused_at` of a form names the fields some are about."""
    form.add_error(getattr(form, "refused_at", {}).get(refusal.code), Refused(refusal))


def version_for(edits: Edited, form: BaseForm | None = None) -> str:
    """The version that a form carries: what its page shows, or what was sent with what was typed.

    Where it was refused because of another version, that one was told, and is seen from now on.
    """
    before = drafts.restored_in(form) if form is not None else None
    if before is not None and before.is_filled_in:
        return before.value(seen.FIELD)
    if form is None or not form.is_bound:
        return edits.version
    refusal = refusal_of(form)
    if isinstance(refusal, seen.ChangedMeanwhile):
        return refusal.version
    return str(form.data.get(seen.FIELD, ""))


def _done_once(
    request: Visit,
    deed: Callable[[], Made],
    answer: "_Answer[Made]",
    edits: Edited | None,
    form: BaseForm | None,
) -> HttpResponse:
    """The deed in one transaction with what is asked before it; refused, it leaves nothing behind.

    Nothing is written after the deed, which ends with the head of the ledger, but apart from it.
    Signing in goes on where little space is left; whoever is signed in does no deed then.
    """
    if request.user.is_authenticated:
        refuse(why_not_write_rows())
    key = sendings.key_of(request) if request.user.is_authenticated else ""
    if not key and edits is None:
        return answer.to(_or_again(deed))
    with transaction.atomic():
        sending, is_first = None, True
        if key:
            sending, is_first = sendings.begun(request, key, answer.beforehand)
        if sending is not None and not is_first:
            return sendings.answer_again(request, sending)
        found = _tried(deed, edits, request.POST.get(seen.FIELD, ""), form)
        if isinstance(found, Refusal) and sending is not None:
            sending.delete()
    if isinstance(found, Refusal):
        raise found
    answered = answer.to(found)
    if sending is not None:
        sendings.keep(sending, answered)
    return answered


def _tried(
    deed: Callable[[], Made], edits: Edited | None, version: str, form: BaseForm | None
) -> Made | Refusal:
    """What the deed made, or why it was refused: what it keeps although it is refused is kept."""
    if edits is not None and (refusal := edits.why_not(version, form)) is not None:
        return refusal
    try:
        return _or_again(deed)
    except Refusal as refusal:
        return refusal


def _or_again(deed: Callable[[], Made]) -> Made:
    """Two who make the same at the same moment: the table lets one in.

    Done again, the deed that came second finds what the first has made, and says so in words.
    """
    try:
        return deed()
    except IntegrityError:
        return deed()


@dataclass(frozen=True)
class _Answer(Generic[Made]):
    """Where a deed leads, and what it says; `back` while it is not known what was made."""

    request: HttpRequest
    goes: str | Callable[[Made], str | HttpResponse]
    says: str | Callable[[Made], str]
    back: str

    @property
    def beforehand(self) -> str:
        """Where it leads before it is known what was made."""
        return resolve_url(self.back if callable(self.goes) else self.goes)

    def to(self, made: Made) -> HttpResponse:
        """The answer, with its words."""
        words = self.says(made) if callable(self.says) else self.says
        if words:
            messages.success(self.request, words)
        then = self.goes(made) if callable(self.goes) else self.goes
        # A file that is streamed is no HttpResponse, but of the same base.
        return then if isinstance(then, HttpResponseBase) else redirect(then)
