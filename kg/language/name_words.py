"""Words that are part of names and come and go: "von" in "Ursula von der Leyen", "GmbH" in "Elbwerft GmbH"."""

from __future__ import annotations

LEGAL_FORMS = frozenset("GmbH mbH AG SE KG KGaA e.V. eV eG gGmbH Ltd Inc AöR UG OHG Co SA Corp LLC plc".split())
"""Words at the end of a firm's name that come and go: "Stadtwerke Duisburg AG"."""

PARTICLES = frozenset("von vom zu zur zum van de der den dem di da del la le ten ter el al bin Freiherr Graf".split())
"""Words between a first name and a surname: "Ludwig van Beethoven", "Max Freiherr von Berg"."""
