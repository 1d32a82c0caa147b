"""The explorer: one HTML file in which a person searches "Link", opens the card and reads the sentence behind an edge.

The page is our own plain HTML, CSS and JavaScript, files of this package; `contents` is the graph as the JSON it draws.
The JavaScript is written as modules, in `scripts`, and carried as one script, `explorer.bundle.js`, made of them.
It does not lay out: positions are computed beforehand, so that it opens at once and looks the same each time.
"""
