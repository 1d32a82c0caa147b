// Elements: how text becomes part of the page without ever being markup.

export const byId = (id) => document.getElementById(id);

/** A new element: attributes by name, functions as listeners, texts and elements as children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** A link to an address of the web, or its text where it is none: "javascript:" is no place to go to. */
export function webLink(address, text = address) {
  const safe = /^https?:\/\//i.test(address);
  return safe ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : document.createTextNode(text);
}
