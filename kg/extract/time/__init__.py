"""German dates as ISO 8601: `times` finds them in a text, `calendars` count what "vergangene Woche" comes to."""
