"""What spans rooms: home with its two worklists, supervision, search, first start."""
