"""Addresses of the statistical tables."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.notifications.views.urging import urge
from pingyi.returns.views import (
    board,
    forms,
    many,
    rollup,
    sealing,
    sending,
    stamping,
    tables,
    versions,
)

app_name = "returns"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
UNIT = ROUND + "<str:unit_code>/"
TABLE = UNIT + "tables/<slug:table_code>/"
VERSION = TABLE + "versions/<int:number>/"

urlpatterns = [
    path(ROUND + "forms.zip", document, {"what": "returns.forms"}, name="forms"),
    path("urge/" + ROUND, urge, {"what": "returns.owed"}, name="urge"),
    path(ROUND, board.units, name="units"),
    path(ROUND + "-/accept/", board.accept, name="accept-many"),
    path(ROUND + "-/many/", many.many, name="many"),
    path(ROUND + "-/many/<int:pk>/", many.batch, name="batch"),
    path(ROUND + "-/many/<int:pk>/progress/", many.progress, name="batch-progress"),
    path(ROUND + "-/many/<int:pk>/again/", many.again, name="batch-again"),
    path(UNIT, tables.unit, name="unit"),
    path(UNIT + "imprint/", tables.imprint, name="imprint"),
    path(UNIT + "form.xlsx", forms.form, name="form"),
    path(UNIT + "intake/", forms.intake, name="intake"),
    path(UNIT + "intake/<int:pk>/", forms.received, name="received"),
    path(UNIT + "intake/<int:pk>/answer.xlsx", forms.answer, name="answer"),
    path(UNIT + "heads/<str:cell>/", tables.heads, name="heads"),
    path(UNIT + "rollup/", rollup.rollup, name="rollup"),
    path(UNIT + "rollup/<str:cell>/", rollup.cell, name="rollup-cell"),
    path(UNIT + "document/<slug:table_code>.<slug:kind>", tables.document, name="document"),
    path(UNIT + "heads/<str:cell>/correct/", sealing.correct, name="correct"),
    path(TABLE + "seal/", sealing.seal, name="seal"),
    path(TABLE + "submit/", sending.submit, name="submit"),
    path(TABLE + "withdraw/", sending.withdraw, name="withdraw"),
    path(TABLE + "accept/", sending.accept, name="accept"),
    path(TABLE + "send-back/", sending.send_back, name="send-back"),
    path(TABLE + "extend/", sending.extend, name="extend"),
    path(TABLE + "waive/", sending.waive, name="waive"),
    path(TABLE + "claim/", sending.claim, name="claim"),
    path(TABLE + "drop/", sending.drop, name="drop"),
    path(TABLE + "versions/", versions.versions, name="versions"),
    path(VERSION + "stamped/", stamping.stamped, name="stamped"),
    path(VERSION + "stamped/<int:pk>/", stamping.stamped_copy, name="stamped-copy"),
    path(VERSION + "to-be-stamped.pdf", stamping.to_be_stamped, name="to-be-stamped"),
]
