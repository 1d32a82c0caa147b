"""German dates as ISO 8601: `times` finds them in a text, `calendars` count what "vergangene Woche" comes to.

In come a text and the day it was written; out come spans with since and until. `patterns` loads the forms of
`times.toml`, `tense` tells whether a date without a year lies behind or ahead, and `times` reads each form.
"""
