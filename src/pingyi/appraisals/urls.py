"""Addresses of the room."""

from django.urls import path

from pingyi.appraisals.views import counts, documents, grades, results, sealed, stages, units
from pingyi.downloads.views import document

app_name = "appraisals"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
UNIT = f"{ROUND}<str:unit_code>/"
COUNT = f"{UNIT}count/<slug:form_code>/"
urlpatterns = [
    path(ROUND, units.units, name="units"),
    path(f"{ROUND}ledger.<slug:kind>", document, {"what": "appraisals"}, name="ledger"),
    path(
        f"{ROUND}results/<slug:form_code>.xlsx",
        document,
        {"what": "appraisals.results"},
        name="results",
    ),
    path(UNIT, stages.unit, name="unit"),
    path(f"{UNIT}stages/<slug:stage_code>/", stages.stage, name="stage"),
    path(f"{UNIT}opinions/", stages.opinion, name="opinion"),
    path(COUNT, counts.count, name="count"),
    path(f"{COUNT}void/", counts.void, name="void-count"),
    path(f"{COUNT}reopen/", counts.reopen, name="reopen-count"),
    path(f"{UNIT}sealed/<slug:form_code>/", sealed.sealed, name="sealed"),
    path(f"{UNIT}sealed/<slug:form_code>/<slug:deed>/", sealed.move, name="sealed-move"),
    path(f"{UNIT}sheet/<slug:form_code>.<slug:kind>", documents.count_sheet, name="count-sheet"),
    path(f"{UNIT}result/", results.result, name="result"),
    path(f"{UNIT}result/<slug:form_code>.<slug:kind>", documents.result, name="result-document"),
    path(f"{UNIT}summary.<slug:kind>", documents.summary, name="summary"),
    path(
        f"{UNIT}filled/<slug:form_code>.<slug:kind>", documents.filled_ballot, name="filled-ballot"
    ),
    path(f"{UNIT}grades/<slug:form_code>/", grades.grades, name="grades"),
    path(f"{UNIT}flags/<int:pk>/", results.decide, name="decide"),
]
