from pingyi.rectification.models.evidence import Evidence
from pingyi.rectification.models.item import Item, Source, Step

__all__ = ["Evidence", "Item", "Source", "Step"]
