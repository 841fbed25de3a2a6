"""Addresses of the statistical tables."""

from django.urls import path

from pingyi.returns import views

app_name = "returns"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
UNIT = ROUND + "<str:unit_code>/"

urlpatterns = [
    path(ROUND, views.units, name="units"),
    path(UNIT, views.unit, name="unit"),
    path(UNIT + "imprint/", views.imprint, name="imprint"),
    path(UNIT + "heads/<str:cell>/", views.heads, name="heads"),
    path(UNIT + "document/<slug:table_code>.<slug:kind>", views.document, name="document"),
]
