"""Base templates, components, styles and scripts."""
