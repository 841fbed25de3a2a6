"""Every address of the program, room by room."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("pingyi.accounts.urls")),
    path("register/import/", include("pingyi.rosters.urls")),
    path("register/", include("pingyi.register.urls")),
    path("campaigns/", include("pingyi.campaigns.urls")),
    path("reviews/", include("pingyi.reviews.urls")),
    path("appraisals/", include("pingyi.appraisals.urls")),
    path("paper/", include("pingyi.paper.urls")),
    path("tables/", include("pingyi.returns.urls")),
    path("", include("pingyi.web.urls")),
]
