from pingyi.ballots.models.box import Box, Bundle

__all__ = ["Box", "Bundle"]
