// The colours of the page, read from its style sheet, so that map, legend and lists agree in light, dark and print.
const NAMES = [
  "paper", "panel", "ink", "soft", "faint", "line", "accent", "hull", "hull-line", "family", "family-line",
  "same-operator", "copy-of", "for-review", "same-kit", "same-provider", "good", "warn", "bad", "info",
];

const parts = (hex) => [1, 3, 5].map((n) => parseInt(hex.slice(n, n + 2), 16));

/** A mix of two `#rrggbb` colours; sigma's edges need opaque ones. */
export const mix = (hex, other, share) => {
  const [a, b] = [parts(hex), parts(other)];
  return "#" + a.map((value, n) => Math.round(value * (1 - share) + b[n] * share).toString(16).padStart(2, "0")).join("");
};

export const readColours = (element = document.documentElement) => {
  const style = getComputedStyle(element);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
};
