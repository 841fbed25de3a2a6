from pingyi.returns.models.batch import Batch, BatchFile
from pingyi.returns.models.imprint import Imprint
from pingyi.returns.models.intake import Intake
from pingyi.returns.models.stamped import StampedCopy
from pingyi.returns.models.version import Correction, Remark, Return, Version

__all__ = [
    "Batch",
    "BatchFile",
    "Correction",
    "Imprint",
    "Intake",
    "Remark",
    "Return",
    "StampedCopy",
    "Version",
]
