"""Addresses of the room."""

from django.urls import path

from pingyi.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.roster_imports, name="list"),
    path("template.xlsx", views.roster_template_file, name="template"),
    path("<int:pk>/", views.roster_preview, name="preview"),
    path("<int:pk>/progress/", views.roster_progress, name="progress"),
    path("<int:pk>/apply/", views.roster_apply, name="apply"),
    path("<int:pk>/discard/", views.roster_discard, name="discard"),
    path("<int:pk>/again/", views.roster_again, name="again"),
    path("<int:pk>/undo/", views.roster_undo, name="undo"),
    path("<int:pk>/places/", views.roster_places, name="places"),
    path("<int:pk>/columns/<slug:what>/", views.roster_mapping, name="columns"),
]
