from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "pingyi.paper"
    label = "paper"
