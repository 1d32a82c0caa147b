// What ESLint wants of our scripts: `npm run lint` here, or tests/test_explorer_scripts.py.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/*.bundle.js"] }, // made by build.mjs
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["kg/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
];
