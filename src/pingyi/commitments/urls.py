"""Addresses of the room."""

from django.urls import path

from pingyi.commitments.views import commitments, walls
from pingyi.downloads.views import document

app_name = "commitments"
CAMPAIGN = "<slug:campaign_code>/"
UNIT = f"{CAMPAIGN}units/<str:unit_code>/"
ITEM = f"{CAMPAIGN}items/<int:pk>/"
urlpatterns = [
    path(CAMPAIGN, commitments.commitments, name="commitments"),
    path(f"{CAMPAIGN}ledger.<slug:kind>", document, {"what": "commitments"}, name="ledger"),
    path(f"{CAMPAIGN}mine/", commitments.mine, name="mine"),
    path(UNIT, walls.wall, name="wall"),
    path(f"{UNIT}wall-<slug:size>.pdf", walls.printed, name="printed"),
    path(f"{UNIT}propose/", walls.propose, name="propose"),
    path(f"{UNIT}import/", walls.take_over, name="import"),
    path(ITEM, commitments.commitment, name="commitment"),
    path(f"{ITEM}<slug:done>/", commitments.deed, name="deed"),
]
