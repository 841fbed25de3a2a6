from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "pingyi.appraisals"
    label = "appraisals"
