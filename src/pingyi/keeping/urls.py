"""Addresses of the room."""

from django.urls import path

from pingyi.keeping import views

app_name = "keeping"
urlpatterns = [
    path("", views.backups, name="backups"),
    path("progress/", views.progress, name="progress"),
    path("make/", views.make, name="make"),
]
