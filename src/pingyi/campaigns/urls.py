"""Addresses of the room."""

from django.urls import path

from pingyi.campaigns.views import (
    amendments,
    campaigns,
    exemptions,
    opening,
    proposals,
    rounds,
    universe,
)
from pingyi.downloads.views import document
from pingyi.notifications.views.urging import urge

app_name = "campaigns"
CAMPAIGN = "<slug:campaign_code>/"
ROUND = f"{CAMPAIGN}rounds/<slug:round_code>/"
PERSON = f"{CAMPAIGN}people/<int:pk>/"
UNIT = f"{CAMPAIGN}units/<str:unit_code>/"
urlpatterns = [
    path("", campaigns.list_, name="list"),
    path("open/", opening.open_, name="open"),
    path("packs/<slug:pack_code>/", campaigns.pack, name="pack"),
    path(CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{CAMPAIGN}close/", campaigns.close, name="close"),
    path(f"{CAMPAIGN}cancel/", campaigns.cancel, name="cancel"),
    path(f"{CAMPAIGN}signing-in/", campaigns.signing_in, name="signing-in"),
    path(f"{ROUND}open/", rounds.open_, name="open-round"),
    path(f"{ROUND}close/", rounds.close, name="close-round"),
    path(f"{ROUND}reopen/", rounds.reopen, name="reopen-round"),
    path(f"{ROUND}dates/", rounds.dates, name="round-dates"),
    path(f"{ROUND}gaps/", rounds.gaps, name="gaps"),
    path(f"{ROUND}gaps.xlsx", document, {"what": "campaigns.gaps"}, name="gaps-export"),
    path(f"{ROUND}gaps/urge/", urge, {"what": "campaigns.gaps"}, name="urge"),
    path(f"{CAMPAIGN}exemptions/", exemptions.list_, name="exemptions"),
    path(
        f"{CAMPAIGN}exemptions.xlsx",
        document,
        {"what": "campaigns.exemptions"},
        name="exemptions-export",
    ),
    path(f"{CAMPAIGN}exemptions/limit/", proposals.limit, name="exemption-limit"),
    path(f"{CAMPAIGN}proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path(f"{CAMPAIGN}proposals/<int:pk>/confirm/", proposals.confirm, name="confirm-proposal"),
    path(f"{CAMPAIGN}proposals/<int:pk>/refuse/", proposals.refuse, name="refuse-proposal"),
    path(f"{CAMPAIGN}proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw-proposal"),
    path(f"{CAMPAIGN}exemptions/<int:pk>/revoke/", exemptions.revoke, name="revoke-exemption"),
    path(f"{CAMPAIGN}amendments/", universe.amendments, name="amendments"),
    path(
        f"{CAMPAIGN}amendments.xlsx",
        document,
        {"what": "campaigns.amendments"},
        name="amendments-export",
    ),
    path(f"{CAMPAIGN}people/", universe.people, name="people"),
    path(f"{CAMPAIGN}people/add/", amendments.add_person, name="add-person"),
    path(f"{PERSON}move/", amendments.move_person, name="move-person"),
    path(f"{PERSON}standing/", amendments.change_standing, name="change-standing"),
    path(f"{PERSON}remove/", amendments.remove_person, name="remove-person"),
    path(f"{CAMPAIGN}units/", universe.units, name="units"),
    path(f"{CAMPAIGN}units/add/", amendments.add_unit, name="add-unit"),
    path(f"{UNIT}move/", amendments.move_unit, name="move-unit"),
    path(f"{UNIT}remove/", amendments.remove_unit, name="remove-unit"),
]
