"""The living register: tree, members, posts, charges, all dated."""
