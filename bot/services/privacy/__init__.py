"""What is kept of people: told, shown, masked in time, and erased when they ask."""
