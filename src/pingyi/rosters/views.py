"""Importing a roster: upload, preview in tabs, apply, undo. Writing waits for a confirmation."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.organizations.queries import any_member
from pingyi.register.permissions import why_not_edit_register
from pingyi.rosters import operations, permissions
from pingyi.rosters.enums import UNFINISHED, ChangeKind, ImportState
from pingyi.rosters.exports.template import roster_template
from pingyi.rosters.forms.places import PlacesForm
from pingyi.rosters.forms.questions import SamePeopleForm, SheetForm
from pingyi.rosters.forms.upload import LevelsForm, UploadForm, sheet_titles
from pingyi.rosters.queries import imports as queries
from pingyi.rosters.queries.lines import change_lines
from pingyi.rosters.queries.messages import (
    TOLD,
    asked_and_wrong,
    error_count,
    heeded,
    issue_lines,
)
from pingyi.rosters.queries.seen import import_seen
from pingyi.rosters.queries.snapshot import sector_names
from pingyi.rosters.rules.said_aside import OFFERED
from pingyi.ui.deeds import done, done_or_refused, form_page, status_of
from pingyi.ui.downloads import download
from pingyi.ui.edits import Edited
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.rosters.models import RosterImport

MAPPABLE = frozenset({ImportState.PREVIEWED, ImportState.REFUSED, ImportState.FAILED})
SORTS = {"place": "position"}


@form_page
def roster_imports(request: Request) -> HttpResponse:
    """Upload a file; the imports so far."""
    _check_editor(request)
    today = day_of(request.now)
    scopes = queries.root_scopes(request.user)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        scopes=scopes,
        today=today,
        is_first=not any_member(),
    )
    answer = done(request, form, operations.upload_roster, to=_page_of)
    if answer is not None:
        return answer
    imports = queries.imports_listed(request.user, today)
    listing = list_page(
        request,
        imports,
        search=("filename",),
        sorts={"uploaded": "uploaded_at"},
        default="-uploaded",
    )
    context = {"form": form, "listing": listing, "scopes": scopes}
    return render(request, "rosters/list.html", context, status=status_of(form))


@require_safe
def roster_template_file(request: Request) -> HttpResponse:
    """The empty workbook."""
    _check_editor(request)
    return download(roster_template(), "roster.xlsx")


@require_safe
def roster_preview(request: Request, pk: int) -> HttpResponse:
    """Additions, changes, endings, errors and remarks of an import."""
    made = _import_in_sight(request, pk)
    counts = queries.change_counts(made)
    asked, wrong = asked_and_wrong(made.errors)
    counts |= {"asked": len(asked), "errors": error_count(wrong), "notes": len(made.notes)}
    tab = request.GET.get("tab", "")
    if tab not in counts:
        first = [key for key in ("errors", "asked", *counts) if counts[key]]
        tab = next(iter(first), ChangeKind.ADD.value)
    if made.state in UNFINISHED:
        made.done, made.total = queries.progress_of(made)
    context: dict[str, Any] = {
        "import": made,
        "is_working": made.state in UNFINISHED,
        "is_asked_only": bool(asked) and not wrong,
        "tab": tab,
        "tabs": _tabs(counts),
        "apply_refusal": permissions.why_not_apply_roster(request.user, made, request.now),
        "asked": permissions.why_not_unasked(made),
        "undo_refusal": permissions.why_not_undo_roster(request.user, made, request.now),
        "discard_refusal": permissions.why_not_discard_roster(request.user, made, request.now),
        "edits": _edited(made),
        "mark_refusal": permissions.why_not_mark_roster(request.user, made),
        "is_mappable": made.state in MAPPABLE and made.mapping.get("headings"),
        "mapped": made.mapping.get("sheet")
        or ("levels" if made.mapping.get("levels") else "members"),
        **_questions(made),
    }
    issues = {"asked": asked, "errors": wrong, "notes": made.notes}
    context |= _lines(request, made, tab, issues.get(tab))
    return render(request, "rosters/preview.html", context)


def _lines(
    request: Request, made: "RosterImport", tab: str, issues: Sequence[Mapping[str, Any]] | None
) -> dict[str, Any]:
    """What a tab lists: issues, else changes."""
    if issues is not None:
        lines = issue_lines(issues)
        found = ("place", "label", "value", "sentence")
        sorts = SORTS | {"place": ()}
        return {"listing": list_page(request, lines, search=found, sorts=sorts, default="place")}
    changes = queries.changes_of(made, tab)
    listing = list_page(request, changes, search=("label",), sorts=SORTS, default="place")
    return {"listing": listing, "lines": change_lines(listing.page)}


def _questions(made: "RosterImport") -> dict[str, Any]:
    """What is asked, and what is to be read, before it is applied."""
    if made.state not in MAPPABLE:
        return {}
    places = _places_form(made)
    is_ready = made.state == ImportState.PREVIEWED
    return {
        "heeded": heeded(made.notes) if is_ready else None,
        "told": heeded(made.notes, TOLD) if is_ready else None,
        "places": places,
        "people": SamePeopleForm(notes=made.notes),
        # With what is asked about places it is one answer.
        "posts_offered": 0 if places.is_needed else _posts_offered(made),
    }


def _posts_offered(made: "RosterImport") -> int:
    return sum(note["params"]["count"] for note in made.notes if note["code"] == OFFERED)


def _places_form(made: "RosterImport", typed: QueryDict | None = None) -> PlacesForm:
    return PlacesForm(
        typed,
        errors=made.errors,
        sectors=sector_names(),
        effective_on=made.effective_on,
        posts=_posts_offered(made),
        before=made.mapping.get("before"),
    )


@require_safe
def roster_progress(request: Request, pk: int) -> HttpResponse:
    """How far it is, asked every second; when it is done the page is loaded again."""
    made = _import_in_sight(request, pk)
    if not request.htmx:
        return redirect("rosters:preview", pk=pk)
    if made.state not in UNFINISHED:
        return HttpResponse(headers={"HX-Refresh": "true"})
    made.done, made.total = queries.progress_of(made)
    return render(request, "rosters/progress.html", {"import": made})


@require_POST
def roster_apply(request: Request, pk: int) -> HttpResponse:
    """Write the preview into the register."""
    deed = partial(operations.start_apply, really="really" in request.POST)
    return _deed(request, pk, deed, _("The import is being applied."))


@require_POST
def roster_discard(request: Request, pk: int) -> HttpResponse:
    """Put the preview aside."""
    return _deed(request, pk, operations.discard_roster, _("Put aside. Nothing was written."))


@require_POST
def roster_again(request: Request, pk: int) -> HttpResponse:
    """Compare the file with the register as it is by now."""
    return _deed(request, pk, operations.preview_again, _("The file is compared again."))


@require_POST
def roster_posts(request: Request, pk: int) -> HttpResponse:
    """Take over the posts that stand in the remarks of a list of members."""
    return _deed(request, pk, operations.take_posts, _("The posts in the remarks are taken over."))


@require_POST
def roster_undo(request: Request, pk: int) -> HttpResponse:
    """Take the last import back."""
    return _deed(request, pk, operations.undo_roster, _("The import was undone."))


@form_page
def roster_mapping(request: Request, pk: int, what: str) -> HttpResponse:
    """Say which column of a list is what."""
    made = _import_in_sight(request, pk)
    known, edits = made.mapping, _edited(made)
    headings = known.get("headings", [])
    form: LevelsForm | SheetForm
    if what == "levels":
        form = LevelsForm(request.POST or None, headings=headings, levels=known.get("levels", []))
    elif what in dict(sheet_titles()):
        form = SheetForm(
            request.POST or None,
            sheet=what,
            headings=headings,
            columns=known.get("columns", {}) if known.get("sheet") == what else {},
            samples=known.get("samples", {}),
        )
    else:
        raise Http404
    answer = done(
        request,
        form,
        lambda by, now, **_: operations.map_roster(
            roster_import=made, mapping=form.mapping(), by=by, now=now
        ),
        to=_page_of(made),
        edits=edits,
    )
    context = {
        "import": made,
        "form": form,
        "edits": edits,
        "what": what,
        "sheets": sheet_titles(),
    }
    return answer or render(request, "rosters/columns.html", context, status=status_of(form))


@form_page
def roster_places(request: Request, pk: int) -> HttpResponse:
    """Say which organizations are meant by names that can be several, or none."""
    made = _import_in_sight(request, pk)
    form, edits = _places_form(made, request.POST or None), _edited(made)
    place = partial(operations.place_roster, roster_import=made)
    answer = done(request, form, place, to=_page_of(made), edits=edits)
    context = {"import": made, "places": form, "edits": edits}
    return answer or render(request, "rosters/places.html", context, status=status_of(form))


@form_page
def roster_people(request: Request, pk: int) -> HttpResponse:
    """Say whether new members with near names are the same people."""
    made = _import_in_sight(request, pk)
    form, edits = SamePeopleForm(request.POST or None, notes=made.notes), _edited(made)
    answer_them = partial(operations.answer_roster, roster_import=made)
    answer = done(request, form, answer_them, to=_page_of(made), edits=edits)
    context = {"import": made, "people": form, "edits": edits}
    return answer or render(request, "rosters/people.html", context, status=status_of(form))


def _deed(request: Request, pk: int, deed: Callable[..., None], said: str) -> HttpResponse:
    """Do it and go back to the preview, which has the details where it is refused."""
    made = _import_in_sight(request, pk)
    return done_or_refused(
        request,
        partial(deed, roster_import=made),
        back=_page_of(made),
        said=said,
        edits=_edited(made),
    )


def _edited(made: "RosterImport") -> Edited:
    """The import as its preview shows it: what is applied is what was previewed."""
    return Edited(f"import:{made.pk}", partial(import_seen, made.pk))


def _page_of(made: "RosterImport") -> str:
    return reverse("rosters:preview", args=[made.pk])


def _import_in_sight(request: Request, pk: int) -> "RosterImport":
    """The import, or 404 where it is none of the person's."""
    _check_editor(request)
    made = queries.imports_visible_to(request.user, day_of(request.now)).filter(pk=pk).first()
    if made is None:
        raise Http404
    return made


def _check_editor(request: Request) -> None:
    """Rosters hold personal data: others than office and clerks do not see that there are any."""
    if why_not_edit_register(request.user) is not None and (
        permissions.why_not_import_roster(request.user, None, request.now) is not None
    ):
        raise Http404


def _tabs(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Key, words and number of each tab."""
    words = {
        "asked": _("To be answered"),
        ChangeKind.ADD.value: _("Additions"),
        ChangeKind.CHANGE.value: _("Changes"),
        ChangeKind.END.value: _("Endings"),
        "errors": _("Errors"),
        "notes": _("Remarks"),
    }
    return [
        (key, word, counts[key]) for key, word in words.items() if key != "asked" or counts[key]
    ]
