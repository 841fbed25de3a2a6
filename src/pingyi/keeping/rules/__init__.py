"""What a backup says of itself, which are kept, and how a value of one database is one of another.
Pure Python.
"""
