"""Files that take long: asked for, made by a worker, kept for a day, fetched by whoever asked."""
