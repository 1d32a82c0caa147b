// What the page says in two languages: words by their names, "filter.types".

import { remember, remembered } from "./memory.js";

const words = JSON.parse(document.getElementById("words").textContent);

export let language = remembered("language") === "en" ? "en" : "de";

/** Say everything in another language from now on, and at the next visit. */
export function speak(chosen) {
  language = chosen;
  remember("language", language);
}

/** What the page calls something, "filter.types", with a value in place of each {}. */
export function say(name, ...values) {
  const [group, key] = name.split(".");
  return values.reduce((text, value) => text.replace("{}", () => value), words[group][key][language]);
}

/** A count with its noun, with the thousands as the language sets them apart. */
export function counted(count, one, many) {
  return `${count.toLocaleString(language)} ${say(count === 1 ? one : many)}`;
}

export function sayAll() {
  document.documentElement.lang = language;
  document.title = say("page.title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.title = say(element.dataset.hint);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
}
