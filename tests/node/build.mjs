// Bundles the modules of the explorer into the one script of its page: node build.mjs kg/show/explorer OUT.js
import { build } from "esbuild";
import { resolve } from "node:path";

const [folder, outfile] = process.argv.slice(2).map((path) => resolve(path));
await build({
  absWorkingDir: folder, // the bundle names modules by their paths from here, on every machine alike
  entryPoints: ["scripts/explorer.js"],
  outfile,
  bundle: true,
  format: "iife",
  globalName: "explorer", // what the entry exports, for the console and for tests
  target: "es2022",
  charset: "utf8",
  banner: { js: '// Made of scripts/*.js by `npm run build` in tests/node: change those.\n"use strict";' },
  logLevel: "warning",
});
