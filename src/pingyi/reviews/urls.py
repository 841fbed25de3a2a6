"""Addresses of the room."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.reviews.views import (
    assignments,
    coverage,
    ledger,
    meetings,
    publications,
    reviews,
    tasks,
)

app_name = "reviews"
CAMPAIGN = "<slug:campaign_code>/"
ROUND = f"{CAMPAIGN}rounds/<slug:round_code>/"
MEETING = f"{CAMPAIGN}meetings/<int:pk>/"
ASSIGNMENTS = f"{ROUND}assignments/"
REVIEW = f"{CAMPAIGN}records/<int:pk>/"
urlpatterns = [
    path(f"{ROUND}tasks/", tasks.tasks, name="tasks"),
    path(f"{CAMPAIGN}mine/", tasks.mine, name="mine"),
    path(f"{ROUND}people/<int:pk>/review/", reviews.review_person, name="review-person"),
    path(f"{ROUND}units/<str:unit_code>/review/", reviews.review_unit, name="review-unit"),
    path(f"{ROUND}units/<str:unit_code>/meeting/", meetings.begin, name="begin-meeting"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}draft/", meetings.draft, name="meeting-draft"),
    path(f"{MEETING}discard/", meetings.discard, name="discard-meeting"),
    path(REVIEW, reviews.detail, name="detail"),
    path(f"{REVIEW}follow-up/", reviews.follow_up, name="follow-up"),
    path(f"{REVIEW}withdraw/", reviews.withdraw, name="withdraw"),
    path(f"{ROUND}coverage/", coverage.coverage, name="coverage"),
    path(f"{ROUND}coverage/<str:unit_code>/", coverage.coverage, name="coverage-unit"),
    path(f"{ROUND}missing/<str:unit_code>/", coverage.missing, name="missing"),
    path(f"{CAMPAIGN}ledger/", ledger.ledger, name="ledger"),
    path(f"{CAMPAIGN}ledger.xlsx", document, {"what": "reviews.xlsx"}, name="ledger-xlsx"),
    path(f"{CAMPAIGN}ledger.pdf", document, {"what": "reviews.pdf"}, name="ledger-pdf"),
    path(ASSIGNMENTS, assignments.list_, name="assignments"),
    path(f"{ASSIGNMENTS}derive/", assignments.derive, name="derive-assignments"),
    path(f"{ASSIGNMENTS}<int:pk>/", assignments.change, name="assignment"),
    path(f"{ASSIGNMENTS}of/<int:pk>/", assignments.hand_over, name="hand-over"),
    path(f"{ROUND}units/<str:unit_code>/publish/", publications.publish, name="publish"),
    path(f"{CAMPAIGN}published/", publications.published, name="published"),
    path(f"{CAMPAIGN}published/<int:pk>/", publications.publication, name="publication"),
]
