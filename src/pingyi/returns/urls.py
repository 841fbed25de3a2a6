"""Addresses of the statistical tables."""

from django.urls import path

from pingyi.notifications.views.urging import urge
from pingyi.returns.views import forms, tables

app_name = "returns"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
UNIT = ROUND + "<str:unit_code>/"

urlpatterns = [
    path("urge/" + ROUND, urge, {"what": "returns.owed"}, name="urge"),
    path(ROUND, tables.units, name="units"),
    path(UNIT, tables.unit, name="unit"),
    path(UNIT + "imprint/", tables.imprint, name="imprint"),
    path(UNIT + "form.xlsx", forms.form, name="form"),
    path(UNIT + "intake/", forms.intake, name="intake"),
    path(UNIT + "intake/<int:pk>/", forms.received, name="received"),
    path(UNIT + "intake/<int:pk>/answer.xlsx", forms.answer, name="answer"),
    path(UNIT + "heads/<str:cell>/", tables.heads, name="heads"),
    path(UNIT + "document/<slug:table_code>.<slug:kind>", tables.document, name="document"),
]
