from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "pingyi.rosters"
    label = "rosters"
