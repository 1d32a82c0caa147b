// A document as the panel names it.

import { make, webLink } from "../elements/elements.js";
import { say } from "../words/language.js";
import { dateText } from "../words/phrases.js";

/** A document by its title, with publisher and date, as a link where it has an address. */
export function source(document) {
  const title = document.title ?? document.id;
  const about = [document.publisher, document.date ? dateText(document.date) : say("fact.undated")].filter(Boolean).join(", ");
  return [document.url ? webLink(document.url, title) : make("span", {}, title), make("span", { class: "quiet" }, ` ${about}`)];
}
