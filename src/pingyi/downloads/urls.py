"""Addresses of the room. Lists have theirs in their own rooms, before `views.document`."""

from django.urls import path

from pingyi.downloads import views

app_name = "downloads"
urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/file/", views.fetch, name="fetch"),
    path("<int:pk>/again/", views.again, name="again"),
]
