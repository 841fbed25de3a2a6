from pingyi.rectification.models.item import Item, Source, Step

__all__ = ["Item", "Source", "Step"]
