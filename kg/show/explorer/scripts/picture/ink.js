// The colours of paper and ink, light or dark.

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The colours of the style sheet, light or dark. */
export function readInk() {
  const page = getComputedStyle(document.body);
  return { paper: page.backgroundColor, ink: page.color, quiet: getComputedStyle(document.getElementById("counts")).color };
}
