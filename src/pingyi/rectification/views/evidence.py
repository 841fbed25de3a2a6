"""Files of evidence: uploaded, fetched by those who see the item, removed."""

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.rectification.forms import EvidenceForm
from pingyi.rectification.operations.evidence import keep_evidence, remove_evidence
from pingyi.rectification.permissions import why_not_keep_evidence
from pingyi.rectification.views.viewing import item_in_sight, page_of
from pingyi.ui.deeds import Deed, done_or_refused, form_page
from pingyi.ui.downloads import file_name, foreign

if TYPE_CHECKING:
    from pingyi.rectification.models import Evidence


@form_page
def upload(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Add a picture or a PDF."""
    item = item_in_sight(request, campaign_code, pk)
    return Deed(
        title=_("Evidence: no. %(number)d") % {"number": item.number},
        state=f"{item.unit.name} · {item.problem[:80]}",
        form=EvidenceForm(request.POST or None, request.FILES or None),
        submit=_("Upload"),
        do=partial(keep_evidence, item=item),
        done=_("Kept."),
        back=page_of("item", campaign_code, pk),
        refusal=why_not_keep_evidence(request.user, item),
    ).page(request)


@require_safe
def fetch(request: Request, campaign_code: str, pk: int, file_pk: int) -> HttpResponse:
    """The file, to be kept and not to be opened in this place."""
    found = _evidence(request, campaign_code, pk, file_pk)
    name = file_name(found.name, kind=found.kind)
    return foreign(cast("BinaryIO", found.file.open("rb")), name)


@require_POST
def remove(request: Request, campaign_code: str, pk: int, file_pk: int) -> HttpResponse:
    """Take a file back before it is reported."""
    found = _evidence(request, campaign_code, pk, file_pk)
    back = page_of("item", campaign_code, pk)
    return done_or_refused(
        request, partial(remove_evidence, evidence=found), back=back, said=_("Removed.")
    )


def _evidence(request: Request, campaign_code: str, pk: int, file_pk: int) -> "Evidence":
    item = item_in_sight(request, campaign_code, pk)
    return get_object_or_404(item.evidence_files.select_related("item"), pk=file_pk)
