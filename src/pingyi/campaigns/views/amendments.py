"""Forms that amend the frozen universe, each with its reason."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns import permissions
from pingyi.campaigns.forms.amendments import (
    AdditionForm,
    InUnitForm,
    PersonAdditionForm,
    StandingForm,
)
from pingyi.campaigns.forms.rounds import ReasonForm
from pingyi.campaigns.operations import people, units
from pingyi.campaigns.queries.scopes import units_visible_to
from pingyi.campaigns.queries.seen import participant_said, participant_seen, unit_seen
from pingyi.campaigns.views.viewing import (
    FOUND_AT_ONCE,
    campaign_in_sight,
    page_of,
    participant_in_sight,
    unit_in_sight,
)
from pingyi.core.clock import day_of
from pingyi.organizations import queries as ground
from pingyi.register import queries as register
from pingyi.ui.deeds import Deed, form_page, offered
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


def _people_of_register(request: Request) -> list[tuple[int, str]]:
    on = day_of(request.now)
    found = offered(request, lambda text: register.find_people(text, actor=request.user, on=on))
    rows: Any = ground.with_membership(found, on).order_by("by_pinyin", "pk")[:FOUND_AT_ONCE]
    ground.tell_apart(rows, on)
    return [
        (row.pk, " ".join(filter(None, (row.shown_name, row.shown_last4, row.organization_name))))
        for row in rows
    ]


def _organizations_of_register(request: Request) -> list[tuple[int, str]]:
    on = day_of(request.now)
    found = offered(request, lambda text: register.find(text, actor=request.user, on=on))
    return [(row.pk, f"{row.name} ({row.code})") for row in found.order_by("code")[:FOUND_AT_ONCE]]


def _common(request: Request, campaign: "Campaign", page: str) -> dict[str, Any]:
    return {
        "back": page_of(campaign.code, page),
        "done": _("The universe was amended."),
        "refusal": permissions.why_not_amend(request.user, campaign),
    }


@form_page
def add_person(request: Request, campaign_code: str) -> HttpResponse:
    """Take a person of the register into the campaign."""
    campaign = campaign_in_sight(request, campaign_code)
    visible = units_visible_to(request.user, campaign)
    form = PersonAdditionForm(
        request.POST or None, units=visible, found=_people_of_register(request)
    )
    found = register.people_visible_to(request.user, day_of(request.now))
    return Deed(
        title=_("Add a person"),
        state=campaign.name,
        form=form,
        submit=_("Add"),
        finds=_("Name, pinyin or last four"),
        do=lambda target, **rest: people.add_participant(
            campaign=campaign, person=found.get(pk=target), **rest
        ),
        **_common(request, campaign, "people"),
    ).page(request)


@form_page
def move_person(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Count a person in another unit."""
    campaign = campaign_in_sight(request, campaign_code)
    participant = participant_in_sight(request, campaign, pk)
    visible = units_visible_to(request.user, campaign)
    return Deed(
        title=_("Move %(name)s") % {"name": participant.shown_name},
        state=participant.unit.name if participant.unit else "",
        form=InUnitForm(request.POST or None, units=visible),
        submit=_("Move"),
        edits=Edited(f"participant:{pk}", partial(participant_said, pk)),
        do=partial(people.move_participant, participant=participant),
        **_common(request, campaign, "people"),
    ).page(request)


@form_page
def change_standing(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Correct the standing of a member."""
    campaign = campaign_in_sight(request, campaign_code)
    participant = participant_in_sight(request, campaign, pk)
    edits = Edited(f"participant:{pk}", partial(participant_seen, pk))
    form = StandingForm(request.POST or None, initial=edits.content)
    return Deed(
        title=_("Standing of %(name)s") % {"name": participant.shown_name},
        form=form,
        submit=_("Save"),
        do=partial(people.change_standing, participant=participant),
        edits=edits,
        **_common(request, campaign, "people"),
    ).page(request)


@form_page
def remove_person(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Take a person out of the campaign."""
    campaign = campaign_in_sight(request, campaign_code)
    participant = participant_in_sight(request, campaign, pk)
    return Deed(
        title=_("Remove %(name)s") % {"name": participant.shown_name},
        state=_(
            "Nobody counts this person in this campaign any more. The register stays as it is."
        ),
        form=ReasonForm(request.POST or None),
        submit=_("Remove"),
        do=partial(people.remove_participant, participant=participant),
        edits=Edited(f"participant:{pk}", partial(participant_said, pk)),
        **_common(request, campaign, "people"),
    ).page(request)


@form_page
def add_unit(request: Request, campaign_code: str) -> HttpResponse:
    """Take an organization of the register into the frozen tree."""
    campaign = campaign_in_sight(request, campaign_code)
    visible = units_visible_to(request.user, campaign)
    form = AdditionForm(
        request.POST or None, units=visible, found=_organizations_of_register(request)
    )
    form.fields["unit"].label = _("Under which organization")
    found = register.visible_to(request.user, day_of(request.now))
    return Deed(
        title=_("Add an organization"),
        state=_("It comes without its people: add or move them one by one."),
        form=form,
        submit=_("Add"),
        finds=_("Name, initials or code"),
        do=lambda target, unit, **rest: units.add_unit(
            campaign=campaign, organization=found.get(pk=target), parent=unit, **rest
        ),
        **_common(request, campaign, "units"),
    ).page(request)


@form_page
def move_unit(request: Request, campaign_code: str, unit_code: str) -> HttpResponse:
    """Put a unit with everything below it under another one."""
    campaign = campaign_in_sight(request, campaign_code)
    moved = unit_in_sight(request, campaign, unit_code)
    form = InUnitForm(request.POST or None, units=units_visible_to(request.user, campaign))
    form.fields["unit"].label = _("Under which organization")
    return Deed(
        title=_("Move %(name)s") % {"name": moved.name},
        state=_("Everything below it moves along."),
        form=form,
        submit=_("Move"),
        do=lambda unit, **rest: units.move_unit(unit=moved, parent=unit, **rest),
        edits=Edited(f"unit:{moved.pk}", partial(unit_seen, moved.pk)),
        **_common(request, campaign, "units"),
    ).page(request)


@form_page
def remove_unit(request: Request, campaign_code: str, unit_code: str) -> HttpResponse:
    """Take a unit out of the frozen tree."""
    campaign = campaign_in_sight(request, campaign_code)
    unit = unit_in_sight(request, campaign, unit_code)
    return Deed(
        title=_("Remove %(name)s") % {"name": unit.name},
        state=_("The register stays as it is."),
        form=ReasonForm(request.POST or None),
        submit=_("Remove"),
        do=partial(units.remove_unit, unit=unit),
        edits=Edited(f"unit:{unit.pk}", partial(unit_seen, unit.pk)),
        **_common(request, campaign, "units"),
    ).page(request)
