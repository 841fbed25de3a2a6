"""Users, roles inside a subtree, sign-in."""
