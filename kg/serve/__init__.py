"""A graph on the web: `kg serve duisburg.kg` answers SPARQL at /sparql and draws a page to ask it at /.

rdflib-endpoint does this for rdflib: it evaluates within the web server's own process, where a query cannot be stopped
and a slow one holds up everybody, has no limit on rows, and its page loads its editor from a CDN. So this is ours,
on starlette and uvicorn: queries run in worker processes that can be ended, the page works offline, and each IRI
of the graph leads to a page or to RDF.
"""
