"""The booth without scripts: fill in, check, cast, keep the number (way C)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from pingyi.ballots import forms, permissions
from pingyi.ballots.enums import BoxState
from pingyi.ballots.operations import slips
from pingyi.ballots.queries import boxes
from pingyi.ballots.queries.boxes import NoBox
from pingyi.ballots.rules.manifests import Manifest
from pingyi.ballots.rules.slips import NoSlip, tidy
from pingyi.ballots.views.pages import not_found, page
from pingyi.core.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def booth(request: HttpRequest, box: str) -> HttpResponse:
    """The form; what was filled in, to be checked; the number of the receipt."""
    try:
        manifest, state = boxes.manifest_of_box(box), boxes.state_of_box(box)
    except NoBox:
        return not_found(request)
    shut = permissions.why_not_cast(state)
    if request.method != "POST" or shut is not None:
        return _form(request, manifest, shut=shut, is_published=state == BoxState.PUBLISHED)
    if request.POST.get(forms.STEP) == "edit":
        return _form(request, manifest)
    if wrong := _problems(request, manifest):
        return _form(request, manifest, problems=wrong)
    if request.POST.get(forms.STEP) == "cast":
        return _cast(request, manifest)
    return _check(request, manifest)


def _problems(request: HttpRequest, manifest: Manifest) -> list[str]:
    found = [permissions.why_not_say(request.POST.get(forms.OPINION, ""), manifest.opinion)]
    try:
        tidy(request.POST.get(forms.CODE, ""))
    except NoSlip:
        found.insert(0, Refusal(permissions.NO_CODE, code="no_code"))
    return [str(refusal) for refusal in found if refusal is not None]


def _filled_in(request: HttpRequest, manifest: Manifest) -> dict[str, Any]:
    rows = forms.rows_of(manifest.form, {name: request.POST[name] for name in request.POST})
    return {
        "manifest": manifest,
        "rows": rows,
        "questions": len(manifest.form.subjects) * len(manifest.form.items),
        "code": request.POST.get(forms.CODE, ""),
        "opinion": request.POST.get(forms.OPINION, ""),
    }


def _form(
    request: HttpRequest,
    manifest: Manifest,
    *,
    shut: Refusal | None = None,
    is_published: bool = False,
    problems: list[str] | None = None,
) -> HttpResponse:
    state = {"shut": shut, "is_published": is_published, "problems": problems}
    return page(request, "ballots/booth.html", _filled_in(request, manifest) | state)


def _check(request: HttpRequest, manifest: Manifest) -> HttpResponse:
    filled = _filled_in(request, manifest)
    fields = forms.fields_of(filled["rows"], code=filled["code"], opinion=filled["opinion"])
    left_open = forms.open_questions(filled["rows"])
    shown = filled | {"fields": fields, "open_questions": left_open}
    return page(request, "ballots/check.html", shown)


def _cast(request: HttpRequest, manifest: Manifest) -> HttpResponse:
    filled = _filled_in(request, manifest)
    try:
        receipt = slips.cast_with_slip(
            box=manifest.box,
            code=filled["code"],
            answers=forms.answers_of(manifest.form, filled["rows"]),
            opinion=filled["opinion"],
        )
    except Refusal as refusal:
        return _form(request, manifest, problems=[str(refusal)])
    shown = {"manifest": manifest, "tracker": receipt.tracker}
    return page(request, "ballots/receipt.html", shown)
