"""Addresses of paper."""

from django.urls import path

from pingyi.paper import views

app_name = "paper"
UNIT = "<slug:campaign_code>/<slug:round_code>/<str:unit_code>/"

urlpatterns = [
    path(UNIT + "blank/<slug:form_code>.<slug:kind>", views.blank_form, name="blank-form"),
]
