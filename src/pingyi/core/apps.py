from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pingyi.core"
    label = "core"
