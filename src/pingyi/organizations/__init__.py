"""The ground: organizations in their tree, people with memberships, posts and charges, dated."""
