"""How the bundled pipeline `de_kg_news` was made: one command per stage, from corpora to model.

    python -m kg.training train    --corpora corpora --work /tmp/kgtrain
    python -m kg.training export   …
    python -m kg.training evaluate …
    python -m kg.training package  …

It runs in a checkout with the corpora beside it: ner/, treebank/ and raw/, as the model card lists them. It needs
packages that `kg` does not, torch among them: `pip install torch==2.13.0 --index-url
https://download.pytorch.org/whl/cpu` (the build for CPUs), then `pip install -e '.[training]'`. Nothing in `kg` imports
this package, and what it makes needs spaCy, onnxruntime and `kg.reader` alone.

`python -m kg.training.confidence` stands apart: it fits how sure claims are, and what they risk, from the judged claims
in `gold`.
"""
