"""Roll-calls in an emergency: opening, asking, answering, showing, closing."""
