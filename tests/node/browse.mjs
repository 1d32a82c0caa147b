// Drives a headless Chromium for tests/browser.py: {"call": "page.click", "args": ["#go"]} in, {"value": …} out, a line each.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const browser = await chromium.launch({ executablePath: process.argv[2], args: QUIET });
let context, page;
let requests = [];
let errors = [];

// What is more than one call of playwright's; every other name is a method of the page or of one of its parts.
const own = {
  async open(url, options = {}) {
    await context?.close();
    requests = [];
    errors = [];
    context = await browser.newContext({ locale: "de-DE", ...options });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(url);
  },
  requests: () => requests,
  errors: () => errors,
  async axe() {
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => globalThis.axe.run());
    return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, where: nodes.map((node) => node.html) }));
  },
};

async function answer({ call, args }) {
  if (call in own) return own[call](...args);
  const path = call.split(".");
  const name = path.pop();
  const part = path.slice(1).reduce((holder, key) => holder[key], page);
  return part[name](...args);
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = { value: (await answer(JSON.parse(line))) ?? null };
  } catch (error) {
    reply = { error: String(error) };
  }
  // What playwright hands back as an object of its own ("goto" a Response) is no value.
  const plain = JSON.stringify(reply, (key, value) => (value?._connection ? null : value));
  process.stdout.write(`${plain}\n`);
}
await browser.close();
