"""A version is stamped outside: its sheet is fetched, and comes back as a file."""

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.returns.exports import sheet_to_be_stamped
from pingyi.returns.forms import StampedForm
from pingyi.returns.operations.stamping import Kept, keep_stamped
from pingyi.returns.permissions import why_not_keep_stamped
from pingyi.returns.queries.papers import sealed_paper
from pingyi.returns.queries.sentences import no_such_version
from pingyi.returns.queries.stamped import copies_of, suffix_of, version_numbered
from pingyi.returns.rules.stamps import number_of
from pingyi.returns.views.viewing import Here, page_of, return_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.downloads import download, file_name, stream

if TYPE_CHECKING:
    from pingyi.returns.models import Version


@form_page
def stamped(request: Request, number: int, **where: str) -> HttpResponse:
    """The stamped copies of a version; whoever reports the table uploads another."""
    here, version = _version(request, number, where)
    return Deed(
        title=_("Stamped copies: %(table)s, version %(number)s")
        % {"table": here.plan.annex, "number": number},
        state=f"{here.unit.name} · {here.round.name} · {here.plan.title}",
        form=StampedForm(request.POST or None, request.FILES or None),
        submit=_("Upload"),
        do=partial(keep_stamped, number=number, **here.named),
        done=_said,
        back=f"{page_of(here.round, here.unit, here.plan.code)}&version={number}",
        to=lambda _kept: request.path,
        refusal=why_not_keep_stamped(request.user, here.unit),
        template="returns/stamped.html",
        context=lambda: {
            "round": here.round,
            "unit": here.unit,
            "plan": here.plan,
            "version": version,
            "number": number_of(version.digest),
            "copies": copies_of(version),
        },
    ).page(request)


@require_safe
def to_be_stamped(request: Request, number: int, **where: str) -> HttpResponse:
    """The sheet that is printed, or handed to the office's own seal system."""
    here, version = _version(request, number, where)
    content = sheet_to_be_stamped(sealed_paper(here.plan, here.row, version), version)
    return download(content, _name(here, number, _("to be stamped"), "pdf"))


@require_safe
def stamped_copy(request: Request, number: int, pk: int, **where: str) -> HttpResponse:
    """One of the files, as it was uploaded."""
    here, version = _version(request, number, where)
    copy = copies_of(version).filter(pk=pk).first()
    if copy is None:
        raise Http404
    file = cast("BinaryIO", copy.file.open("rb"))
    return stream(file, _name(here, number, _("stamped"), suffix_of(copy)))


def _version(request: Request, number: int, where: dict[str, str]) -> "tuple[Here, Version]":
    here = return_in_sight(request, **where)
    version = version_numbered(here.round, here.unit, here.plan.code, number)
    if version is None:
        raise Http404(no_such_version())
    return here, version


def _name(here: Here, number: int, what: str, kind: str) -> str:
    told = _("version %(number)s") % {"number": number}
    return file_name(here.unit.name, here.plan.annex, here.round.name, told, what, kind=kind)


def _said(kept: Kept) -> str:
    if kept.is_again:
        return _("This very file was kept before; nothing is kept twice.")
    return _("The stamped copy is kept with version %(number)s.") % {
        "number": kept.copy.version.number
    }
