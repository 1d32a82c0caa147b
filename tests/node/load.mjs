// Prints the graph that graphology-graphml reads from a file, as JSON: node load.mjs graph.graphml
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages live in the cache folder this file is copied to; both are CommonJS.
const require = createRequire(import.meta.url);
const { MultiDirectedGraph } = require("graphology");
const { parse } = require("graphology-graphml");

const graph = parse(MultiDirectedGraph, readFileSync(process.argv[2], "utf-8"));
console.log(JSON.stringify({ type: graph.type, multi: graph.multi, ...graph.export() }));
