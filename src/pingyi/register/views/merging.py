"""Two records of one person: found, compared, merged, and taken apart again."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pingyi.accounts.requests import Request
from pingyi.core.clock import day_of
from pingyi.organizations import queries as ground
from pingyi.register import operations, permissions
from pingyi.register.forms.merging import MergeForm, SeparateForm
from pingyi.register.queries.merging import both_seen, compared, resting
from pingyi.register.queries.seen import merge_seen
from pingyi.register.views.viewing import in_words, people_found, person_in_sight
from pingyi.ui.deeds import Deed, form_page
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.organizations.models import Person


@require_safe
def same_person(request: Request, pk: int) -> HttpResponse:
    """Find the other record of a person."""
    person = person_in_sight(request, pk)
    refusal = permissions.why_not_edit_person(request.user, person, request.now)
    context = {
        "person": person,
        "refusal": refusal,
        "found": [] if refusal else _others(request, person),
    }
    return render(request, "register/same_person.html", context)


def _others(request: Request, person: "Person") -> list[tuple[int, str]]:
    """Who was searched for; before anybody is, members of the same organization with near names."""
    on = day_of(request.now)
    membership = ground.membership_of(person, on)
    if request.GET.get("q", "").strip() or membership is None:
        found = people_found(request)
    else:
        near = ground.near_members(membership.organization, on, ground.known_of(person))
        found = in_words([one.pk for one in near], request)
    return [(key, words) for key, words in found if key != person.pk]


@form_page
def merge_people(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """Compare two records side by side, choose what goes on, make them one."""
    kept, other = person_in_sight(request, pk), person_in_sight(request, other_pk)
    refusal = permissions.why_not_merge_people(request.user, kept, other, request.now)
    # Nobody learns from it what the records say who may not merge them.
    rows = compared(kept, other) if refusal is None else []
    return Deed(
        title=_("Two records of one person"),
        state=_("One record goes on with all that stands under both. The merge can be undone."),
        form=MergeForm(request.POST or None, compared=rows),
        submit=_("Merge"),
        back=reverse("register:same-person", args=[pk]),
        done=_("The two records are one."),
        to=lambda into: reverse("register:person", args=[into.pk]),
        do=partial(operations.merge_people, kept=kept, other=other),
        edits=Edited(f"person:{pk}", partial(both_seen, pk, other_pk)),
        refusal=refusal,
        template="register/merge_people.html",
        context=lambda: {
            "kept": kept,
            "other": other,
            "resting": resting(kept, other) if refusal is None else [],
        },
    ).page(request)


@form_page
def separate(request: Request, pk: int) -> HttpResponse:
    """Undo a merge."""
    person = person_in_sight(request, pk)
    return Deed(
        title=_("Undo the merge of {name}").format(name=person.shown_name),
        state=_("What was merged goes back. What was done since stays with the other record."),
        form=SeparateForm(request.POST or None),
        submit=_("Undo the merge"),
        back=reverse("register:person", args=[pk]),
        done=_("These are two records again."),
        do=partial(operations.separate_people, person=person),
        edits=Edited(f"person:{pk}", partial(merge_seen, pk)),
        refusal=permissions.why_not_separate(request.user, person, request.now),
    ).page(request)
