"""Django's SQLite, where whoever waits to write stands in a queue."""
