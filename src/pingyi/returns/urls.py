"""Addresses of the statistical tables."""

from django.urls import path

from pingyi.returns.views import tables

app_name = "returns"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
UNIT = ROUND + "<str:unit_code>/"

urlpatterns = [
    path(ROUND, tables.units, name="units"),
    path(UNIT, tables.unit, name="unit"),
    path(UNIT + "imprint/", tables.imprint, name="imprint"),
    path(UNIT + "heads/<str:cell>/", tables.heads, name="heads"),
    path(UNIT + "document/<slug:table_code>.<slug:kind>", tables.document, name="document"),
]
