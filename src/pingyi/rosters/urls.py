"""Addresses of the room."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.roster_imports, name="list"),
    path(
        "of/<str:unit_code>/roster.xlsx",
        document,
        {"what": "rosters.register"},
        name="export",
    ),
    path("template.xlsx", views.roster_template_file, name="template"),
    path("<int:pk>/", views.roster_preview, name="preview"),
    path("<int:pk>/progress/", views.roster_progress, name="progress"),
    path("<int:pk>/apply/", views.roster_apply, name="apply"),
    path("<int:pk>/discard/", views.roster_discard, name="discard"),
    path("<int:pk>/again/", views.roster_again, name="again"),
    path("<int:pk>/posts/", views.roster_posts, name="posts"),
    path("<int:pk>/undo/", views.roster_undo, name="undo"),
    path("<int:pk>/marked.xlsx", document, {"what": "rosters.marked"}, name="marked"),
    path("<int:pk>/places/", views.roster_places, name="places"),
    path("<int:pk>/people/", views.roster_people, name="people"),
    path("<int:pk>/columns/<slug:what>/", views.roster_mapping, name="columns"),
]
