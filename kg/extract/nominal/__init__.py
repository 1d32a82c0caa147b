"""What nouns say without a verb: roles and affiliations, events, relations, offices.

In come mentions and sentences with their clauses; out come offices, as claims without a verb are called: who is what
at what (`roles`, `affiliations`, `offices`), who belongs to whom (`relational_nouns`, `possessors`), what happened
(`events`), what a thing is and where (`kinds`, `whereabouts`, `origins`), and when somebody lived (`life_data`).
"""
