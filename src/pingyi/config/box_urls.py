"""Every address of the ballot box; on a machine that is only a box there are no others."""

from django.urls import include, path

urlpatterns = [path("box/", include("pingyi.ballots.urls"))]
