"""Packs, rounds, deadlines, the frozen universe."""
