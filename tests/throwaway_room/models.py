from django.db import models


class VisibleVisits(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(is_hidden=False)


class Visit(models.Model):
    """A mentor was at an organization; the register may not lose either of them."""

    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, to_field="code", related_name="+"
    )
    mentor = models.ForeignKey("organizations.Person", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=100)
    is_hidden = models.BooleanField(default=False)

    objects = VisibleVisits()

    class Meta:
        app_label = "throwaway"

    def __str__(self):
        return f"{self.title} ({self.pk})"
