// What the page remembers from visit to visit: language and theme.

export function remembered(key) {
  try {
    return localStorage.getItem(`kg-explorer-${key}`);
  } catch {
    return null; // a page in a sandbox has no storage, and starts as if for the first time
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`kg-explorer-${key}`, value);
  } catch {
    return; // as above: nothing is kept
  }
}
