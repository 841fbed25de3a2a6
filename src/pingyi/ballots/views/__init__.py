from pingyi.ballots.views.booth import booth
from pingyi.ballots.views.casting import cast
from pingyi.ballots.views.pages import not_found
from pingyi.ballots.views.published import board, manifest, result

__all__ = ["board", "booth", "cast", "manifest", "not_found", "result"]
