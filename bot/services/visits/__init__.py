"""Reports of visits and events, and which households are due."""
