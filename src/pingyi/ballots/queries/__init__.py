"""Reading boxes."""
