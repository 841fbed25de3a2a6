from django.urls import path, re_path
from django.views.generic import RedirectView

from pingyi.ballots import views

app_name = "ballots"
urlpatterns = [
    # As people type it from a slip.
    path("<slug:box>", RedirectView.as_view(pattern_name="ballots:booth")),
    path("<slug:box>/", views.booth, name="booth"),
    path("<slug:box>/manifest", views.manifest, name="manifest"),
    path("<slug:box>/cast", views.cast, name="cast"),
    path("<slug:box>/board", views.board, name="board"),
    path("<slug:box>/result", views.result, name="result"),
    re_path(r"", views.not_found),
]
