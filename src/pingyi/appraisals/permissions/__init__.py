"""Who reads, records, counts and decides in an appraisal: guards deeds, explains buttons."""

from pingyi.appraisals.permissions.units import why_not_read

__all__ = ["why_not_read"]
