from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalsConfig(AppConfig):
    name = "pingyi.appraisals"
    label = "appraisals"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.appraisals import queries
        from pingyi.campaigns.doors import DUTIES, Duty

        DUTIES.offer("appraisal", Duty(_("Mass appraisal"), queries.owed))
