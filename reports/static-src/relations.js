// How each relation is drawn: colour by CSS variable, and width, dash and arrow so that colour is never needed.
// `dash` is on, off, on, off in CSS pixels; zeros are a solid line.
export const RELATIONS = [
  { id: "same-operator", name: "Same operator", says: "evidence consistent with common operation", dash: [1, 0, 0, 0], width: 3.2 },
  { id: "copy-of", name: "Copy of", says: "content from one source, control unproven; the arrow points to the original", dash: [9, 5, 9, 5], width: 2.2 },
  { id: "for-review", name: "For review", says: "undecided: an analyst should look", dash: [14, 4, 3, 4], width: 2.4 },
  { id: "same-kit", name: "Same kit", says: "theme or platform, and nothing beyond it", dash: [2, 5, 2, 5], width: 2.2 },
  { id: "same-provider", name: "Same provider", says: "host, CDN or certificate, and nothing beyond it", dash: [1.5, 8, 1.5, 8], width: 1.5 },
];

export const RELATION = Object.fromEntries(RELATIONS.map((relation) => [relation.id, relation]));

export const FAMILIES = {
  payment: "payment", identity: "identity", tracking: "tracking ids", links: "links and logins", behaviour: "server behaviour", time: "timing",
  catalogue: "catalogue", text: "policy text", imagery: "logo and pictures", template: "page structure", hosting: "hosting",
  judgement: "a person's decision",
};

export const CLASSES = {
  A: "copyable: anything in the page", B: "provider: what a host gives all its customers", C: "payee: where the money goes",
  D: "live control: what only who runs the site can answer", E: "behind the page: not brought along by a copy", F: "in time: changed at the same moment",
  J: "judged: a person decided",
};

export const PAYMENTS = {
  accepted: { mark: "check", says: "payment accepted" },
  unavailable: { mark: "bang", says: "payment unavailable" },
  withdrawn: { mark: "cross", says: "payment withdrawn" },
  moved: { mark: "arrow", says: "payment moved elsewhere" },
};

/** What people decided of a pair: the sign on its line, and the words beside it. */
export const JUDGED = {
  same: { sign: "=", says: "judged: one operator" },
  through: { sign: "=", says: "held by a judgement on others" },
  different: { sign: "\u2260", says: "judged: not one operator" },
  apart: { sign: "\u2260", says: "kept apart by a judgement on others" },
  unsure: { sign: "?", says: "judged: open" },
};

/** Storefronts that the user named as known. */
export const LISTED = { owned: "your own storefront", licensed: "licensed storefront" };
