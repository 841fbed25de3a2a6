"""Pure rules of reviews: who reviews whom, what a text shows, what is covered, who sees what."""
