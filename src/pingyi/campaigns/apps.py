from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "pingyi.campaigns"
    label = "campaigns"
