from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "pingyi.ballots"
    label = "ballots"
