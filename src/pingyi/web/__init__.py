"""What spans rooms: home with its worklists, supervision, search, first start, a unit's files."""
