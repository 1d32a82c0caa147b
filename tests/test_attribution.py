"""Who says so: German sentences, a claim of each, and whose words it is; with the real pipeline."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "claim", "modality", "speaker"),
    [
        # verbs of saying, also those written in two words and those that have a noun for what is said
        ("Die Feuerwehr gab an, dass das Lager leer sei.", ("das Lager", "sein"), "asserted", "Die Feuerwehr"),
        ("Die Sprecherin verwies darauf, dass die Stadt den Hafen verkauft habe.", ("die Stadt", "verkaufen"), "asserted", "Die Sprecherin"),
        ("Wie das Ministerium bekannt gab, hat Island den Walfang beendet.", ("Island", "beenden"), "asserted", "das Ministerium"),
        ("Die Partei vertritt die Ansicht, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Die Partei"),
        # an infinitive of saying whose understood subject cannot speak
        ("Das Lager diente dazu, zu sagen, dass Siemens Ulm kaufte.", ("Siemens", "kaufen"), "reported", None),
        # sources without a verb: whose report, a study's author, a genitive before the noun, a name in a compound
        ("Nach Angaben der Polizei verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "der Polizei"),
        ("Nach einer Studie der UNO verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "UNO"),
        ("Nach Meinung politischer Beobachter verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "politischer Beobachter"),
        ("Nach NASA-Angaben verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "NASA"),
        ("Laut „Reuters“ verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Reuters"),
        ("Felix zur Nieden sprach in Köln. Siemens habe das Werk verkauft, so zur Nieden.", ("Siemens", "verkaufen"), "asserted", "zur Nieden"),
        ("In vielen Städten, so in Köln, verkauft Siemens ein Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Siemens verkauft ein Werk, so", ("Siemens", "verkaufen"), "asserted", None),
        ("Die Bank zählt mit. Ihr zufolge verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Ihr"),
        ("Nach den Berechnungen der Bank verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "der Bank"),
        ("Nach der Vorhersage des Instituts verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "des Instituts"),
        ("Nach der Prognose des Senders verkaufte Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Nach Veröffentlichung der Zahlen verkaufte Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Laut seinem Vertrag verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Siemens wird laut ihrem Gutachten das Werk verkaufen.", ("Siemens", "verkaufen"), "planned", "ihrem"),
        ("Nach einer Stellungnahme der Bank verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "der Bank"),
        # "demnach" goes on with the source of the sentence before
        ("Laut Polizei ruht der Bau. Demnach verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Polizei"),
        ("Der Bau ruht. Demnach verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Die Bank widersprach. Demnach verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Die Bank hält es für falsch, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", None),
        # who holds something possible; who acts with a noun of saying and its complement
        ("Die Bank hält es für möglich, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "possible", "Die Bank"),
        ("Die Bank wehrt sich mit dem Argument, Siemens habe das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Die Bank"),
        # "nach" is after, too; what a report is about is not who made it
        ("Nach der Ankündigung von Trump verkaufte Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Nach Ermittlungen gegen den Vorstand verkaufte Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Nach einer Umfrage des Senders verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "des Senders"),
        # people around somebody, whom an impersonal verb names behind "aus"; without such a verb they are no source
        ("Wie aus dem Umfeld der SPD verlautete, verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "dem Umfeld der SPD"),
        ("Siemens verkauft das Werk, wie aus dem Umfeld des Ministers Otto Lamm verlautete.", ("Siemens", "verkaufen"), "asserted", "dem Umfeld des Ministers Otto Lamm"),
        ("Wie aus Kreisen der SPD verlautete, verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Kreisen der SPD"),
        ("Wie aus Regierungskreisen verlautet, verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Regierungskreisen"),
        ("Aus dem Umfeld der SPD hieß es, Siemens verkaufe das Werk.", ("Siemens", "verkaufen"), "asserted", "dem Umfeld der SPD"),
        ("Aus dem Umfeld der SPD bekam Siemens das Werk.", ("Siemens", "bekommen"), "asserted", None),
        ("Siemens verkauft das Werk, das aus dem Umfeld der SPD stammt.", ("Siemens", "verkaufen"), "asserted", None),
        ("Der Mann aus dem Umfeld der SPD heißt Otto Lamm.", ("Der Mann aus dem Umfeld der SPD", "heißen"), "asserted", None),
        ("Wie aus Berlin verlautete, verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Anna Schmidt sagte, aus dem Umfeld der SPD verlaute, Siemens verkaufe das Werk.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        # a source phrase reaches no main clause before its own, and nothing beyond a semicolon or before a colon
        ("Der Bau ruht, und laut Polizei verkauft Siemens das Werk.", ("Der Bau", "ruhen"), "asserted", None),
        ("Der Bau ruht, und laut Polizei verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Polizei"),
        ("Siemens verkauft das Werk; der Bau ruht laut Polizei.", ("Siemens", "verkaufen"), "asserted", None),
        ("Laut Polizei ruht der Bau; Siemens verkaufe das Werk.", ("Siemens", "verkaufen"), "asserted", "Polizei"),
        ("Siemens verkauft laut von der Stadt vorgelegten Zahlen das Werk.", ("Siemens", "verkaufen"), "asserted", "der Stadt"),
        ("Laut Polizei ruht der Bau; Siemens verkauft das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Otto Kern besuchte das Werk: Es sei laut Polizei verkauft.", ("Otto Kern", "besuchen"), "asserted", None),
        ("Der Vorstand dachte laut über Siemens nach.", ("Der Vorstand", "nachdenken"), "asserted", None),
        # what a noun says beside a name is its author's, also in indirect speech
        ("Otto Kern sagte, der Rentner Uwe Horn lüge.", ("Uwe Horn", "sein"), "asserted", None),
        ("Uwe Horn, Chef der Falk AG, verkaufe das Werk, sagte Otto Kern.", ("Uwe Horn", "Chef"), "asserted", None),
        # Konjunktiv: a sentence in which nobody acts that could speak does not end whose words follow
        ("Anna Schmidt betonte, der Bau ruhe. Daraus ließen sich Folgen ableiten. Siemens verkaufe das Werk.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        # a frame with "wie" behind the clause; "wie" that opens a complement asks, and one without saying compares
        ("Siemens verkauft das Werk, wie Bayer mitteilte.", ("Siemens", "verkaufen"), "asserted", "Bayer"),
        ("Der Klub entließ den Trainer, wie der Verein am Montag bekannt gab.", ("Der Klub", "entlassen"), "asserted", "der Verein"),
        ("Die Bahn baut eine Brücke, wie Otto Kern ankündigte.", ("Die Bahn", "bauen"), "asserted", "Otto Kern"),
        ("Die Reederei hat zwei Schiffe verloren, wie Sprecherin Eva Lamm bestätigte.", ("Die Reederei", "verlieren"), "asserted", "Eva Lamm"),
        ("Das Werk wird geschlossen, wie aus einem Bericht hervorgeht.", ("Das Werk", "geschlossen werden"), "reported", None),
        ("Otto Kern fragte, wie Bayer den Verlust erkläre.", ("Otto Kern", "fragen"), "asserted", None),
        ("Die Stadt baut die Brücke, wie Bayer das Werk gebaut hat.", ("Die Stadt", "bauen"), "asserted", None),
        ("Siemens arbeitet so, wie Bayer arbeitet.", ("Siemens", "arbeiten"), "asserted", None),
        # a report of nobody is hearsay; it is named if its words say more than that
        ("Offiziellen Angaben zufolge verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Gerüchten zufolge verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Nach ersten Ermittlungen verkaufte Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Nach derzeitigem Stand verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Laut einer Mitteilung vom Freitag verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Laut Satzung verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Nach Auskunft der Polizei verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "der Polizei"),
        # who stands beside a quotation says it, whatever the verb, or without one
        ("„Siemens verkauft das Werk“, freute sich Anna Schmidt.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Anna Schmidt war außer sich: „Siemens verkauft das Werk.“", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Anna Schmidt las ein Schild: „Siemens verkauft das Werk.“", ("Siemens", "verkaufen"), "reported", None),
        ("„Siemens verkauft das Werk“, steht auf dem Schild.", ("Siemens", "verkaufen"), "reported", None),
        ("„Siemens verkauft das Werk“ (Anna Schmidt, SPD).", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("„Siemens verkauft das Werk.“ – Anna Schmidt", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("„Siemens verkauft das Werk“ – Anna Schmidt lachte.", ("Siemens", "verkaufen"), "reported", None),
        # who is accused did it as the accuser says; what somebody "will gesehen haben", they say
        ("Anna Schmidt will den Dieb gesehen haben.", ("Anna Schmidt", "sehen"), "reported", "Anna Schmidt"),
        ("Siemens wird beschuldigt, das Werk verkauft zu haben.", ("Siemens", "verkaufen"), "reported", None),
        ("Siemens wurde von Anna Schmidt beschuldigt, das Werk verkauft zu haben.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        # a source in a relative or adverbial clause covers that alone; a relative clause in it is the author's
        ("Der Bau, der nach Angaben der Stadt den Hafen überragt, hat eine Brücke.", ("Der Bau", "haben"), "asserted", None),
        ("Der Bau, der nach Angaben der Stadt den Hafen überragt, hat eine Brücke.", ("Der Bau", "überragen"), "asserted", "der Stadt"),
        # the Konjunktiv goes on with who spoke, or else with who acted
        ("Die Stadt verteidigte den Plan. Siemens habe das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Die Stadt"),
        ("Anna Schmidt sagte, sie gehe. Der Rat tagte. Siemens habe das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Anna Schmidt blieb, weil laut Polizei Siemens das Werk verkauft.", ("Anna Schmidt", "bleiben"), "asserted", None),
        ("Anna Schmidt sprach in Köln. Siemens verkauft das Werk.", ("Siemens", "verkaufen"), "asserted", None),
        ("Anna Schmidt sprach in Köln. Es sei daran erinnert, dass Siemens das Werk verkauft hat.", ("Siemens", "verkaufen"), "reported", None),
        # the frame that belongs to a quotation goes before that of the sentence before
        ("Die Bahn kritisierte die Stadt. „Siemens verkauft das Werk“, sagte Peter Krause.", ("Siemens", "verkaufen"), "asserted", "Peter Krause"),
        # a document or its author is cited without a verb of saying, a sign or a house is not
        ("In dem Bericht heißt es, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "dem Bericht"),
        ("Siemens verkaufe das Werk, heißt es in einer Mitteilung der Gewerkschaft.", ("Siemens", "verkaufen"), "asserted", "der Gewerkschaft"),
        ("In einem Schreiben der Polizei wird behauptet, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "der Polizei"),
        ("„Siemens verkauft das Werk“, hieß es auf einem Plakat.", ("Siemens", "verkaufen"), "reported", None),
        ("Anna Schmidt wird wie folgt zitiert: „Siemens verkauft das Werk.“", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Die Antwort von Anna Schmidt lautete: „Siemens verkauft das Werk.“", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Von der Polizei wurde mitgeteilt, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "der Polizei"),
        # nouns of saying with an author, or with a light verb
        ("Die Behauptung von Anna Schmidt, dass Siemens das Werk verkauft, ist neu.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Meldungen der Zeitung „Reuters“, wonach Siemens das Werk verkauft, sind neu.", ("Siemens", "verkaufen"), "asserted", "Reuters"),
        ("Der Rat kam zu dem Schluss, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Der Rat"),
        ("Anna Schmidt zeigte sich überzeugt, dass Siemens das Werk verkauft.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        # the Konjunktiv below a verb that is none of saying; not the indicative, and no irrealis
        ("Anna Schmidt ärgert sich, weil Siemens das Werk verkauft habe.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Anna Schmidt ärgert sich, weil Siemens das Werk verkauft hat.", ("Siemens", "verkaufen"), "asserted", None),
        ("Anna Schmidt lacht, als hätte Siemens das Werk verkauft.", ("Anna Schmidt", "lachen"), "asserted", None),
        # the sollen of hearsay goes on with who accused before; a plan only behind a demand or an announcement
        ("Die Polizei erhob Vorwürfe gegen den Vorstand. Siemens soll das Werk verkauft haben.", ("Siemens", "verkaufen"), "reported", "Die Polizei"),
        ("Anna Schmidt forderte einen Umzug. Siemens soll das Werk verkaufen.", ("Siemens", "verkaufen"), "planned", "Anna Schmidt"),
        ("Anna Schmidt besuchte das Werk. Siemens soll das Werk verkaufen.", ("Siemens", "verkaufen"), "planned", None),
        ("Anna Schmidt sagte, sie gehe. Siemens möchte das Werk verkaufen.", ("Siemens", "verkaufen"), "planned", None),
        # possessives before a noun of saying; one report that is known, but nobody's hearsay
        ("Anna Schmidt sprach in Köln. Ihrer Meinung nach verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "asserted", "Ihrer"),
        ("Dem Bericht zufolge verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", "Dem Bericht"),
        ("Dem Vernehmen nach verkauft Siemens das Werk.", ("Siemens", "verkaufen"), "reported", None),
        ("Siemens verkauft das Werk, so eine Studie der Deutschen Bank.", ("Siemens", "verkaufen"), "asserted", "Deutschen Bank"),
        # "das" behind a sentence is what it said, unless it is denied
        ("Siemens verkauft das Werk. Das räumte Anna Schmidt ein.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Siemens verkauft das Werk. Das bestritt Anna Schmidt.", ("Siemens", "verkaufen"), "asserted", None),
        ("Siemens verkauft das Werk.\n\nDas teilte Anna Schmidt am Montag mit.", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
        ("Siemens verkauft das Werk.\n\nDer Rat tagt. Das teilte Anna Schmidt mit.", ("Siemens", "verkaufen"), "asserted", None),
        # "ich" in a quotation is who says it; the next sentence speaks of its own quotation
        ("„Ich glaube, dass Siemens das Werk verkauft“, sagte Anna Schmidt.", ("Siemens", "verkaufen"), "possible", "Anna Schmidt"),
        ("Anna Schmidt war froh: „Siemens verkauft das Werk.“ Peter Krause sagte: „Nein.“", ("Siemens", "verkaufen"), "asserted", "Anna Schmidt"),
    ],
)  # fmt: skip
def test_whose_words_a_claim_is(read, text, claim, modality, speaker):
    said = [c for c in read(text).claims if (c.subject.text, c.predicate.lemma) == claim]
    assert [(c.modality, c.speaker and c.speaker.text) for c in said] == [(modality, speaker)] * len(said) != []
