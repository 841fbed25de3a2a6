"""The living register: deeds on the tree, members, posts, charges, and the pages that show them."""
