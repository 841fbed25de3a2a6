from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "pingyi.returns"
    label = "returns"
