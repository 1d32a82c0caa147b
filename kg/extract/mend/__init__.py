"""Trees as the extraction wants them: one list of `passes`, each for one phenomenon.

In comes the tree as the parser gave it, in UD; out comes the same tree with other heads and labels where German grammar
tells them. `passes` is the table: its rows run sentence by sentence, in order, and each is a module or a function of
one here. All of them edit by the verbs of `kg.extract.tree.edits`, and leave a sound tree alone.
"""
