"""Addresses of the room."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.rectification.views import ages, assigning, evidence, items, merging, waiting

app_name = "rectification"
CAMPAIGN = "<slug:campaign_code>/"
urlpatterns = [
    path(CAMPAIGN, items.items, name="items"),
    path(f"{CAMPAIGN}ledger.<slug:kind>", document, {"what": "rectification"}, name="ledger"),
    path(f"{CAMPAIGN}ages/", ages.ages, name="ages"),
    path(f"{CAMPAIGN}waiting/", waiting.waiting, name="waiting"),
    path(f"{CAMPAIGN}merge/", merging.merge, name="merge"),
    path(f"{CAMPAIGN}merge/undo/", merging.undo, name="undo"),
    path(f"{CAMPAIGN}assign/", assigning.assign_ticked, name="assign-many"),
    path(f"{CAMPAIGN}register/", waiting.register, name="register"),
    path(f"{CAMPAIGN}aside/", waiting.aside, name="aside"),
    path(f"{CAMPAIGN}items/<int:pk>/", items.item, name="item"),
    path(f"{CAMPAIGN}items/<int:pk>/evidence/", evidence.upload, name="upload"),
    path(f"{CAMPAIGN}items/<int:pk>/evidence/<int:file_pk>/", evidence.fetch, name="evidence"),
    path(
        f"{CAMPAIGN}items/<int:pk>/evidence/<int:file_pk>/remove/", evidence.remove, name="remove"
    ),
    path(f"{CAMPAIGN}items/<int:pk>/<slug:step>/", items.deed, name="deed"),
]
