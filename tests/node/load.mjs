// Prints the graph that Gephi Lite's parsers read from a file, as JSON: node load.mjs graph.graphml, or graph.gexf
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages live in the cache folder this file is copied to; all are CommonJS.
const require = createRequire(import.meta.url);
const { MultiGraph } = require("graphology");
const { parse } = require(process.argv[2].endsWith(".gexf") ? "graphology-gexf" : "graphology-graphml");

const graph = parse(MultiGraph, readFileSync(process.argv[2], "utf-8"));
console.log(JSON.stringify({ type: graph.type, multi: graph.multi, ...graph.export() }));
