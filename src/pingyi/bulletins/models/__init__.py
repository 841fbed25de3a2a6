from pingyi.bulletins.models.bulletin import Bulletin, Figure, Step

__all__ = ["Bulletin", "Figure", "Step"]
