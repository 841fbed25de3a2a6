from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "pingyi.ui"
    label = "ui"
