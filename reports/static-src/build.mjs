// Builds ../static/graph.js from the modules here. Only who changes them needs node:
//   cd reports/static-src && npm ci && npm run build
// The digest of the sources stands in the first line of the bundle, and a test compares it: a stale bundle cannot be committed.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const sources = readdirSync(".").filter((name) => /\.(js|mjs)$|^package(-lock)?\.json$/.test(name)).sort();
const digest = createHash("sha256");
for (const name of sources) digest.update(name + "\n").update(readFileSync(name));

const bundled = { sigma: "LICENSE.txt", graphology: "LICENSE.txt", "graphology-utils": "LICENSE.txt", events: "LICENSE" };
const notice = ([name, file]) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/${file}`, "utf8").trim()}`;
};
const notices = Object.entries(bundled).map(notice).join("\n\n");

const made = await build({
  entryPoints: ["main.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "ascii",
  write: false,
  legalComments: "none",
});
const text = made.outputFiles[0].text.replaceAll("</script", "<\\/script");
writeFileSync("../static/graph.js", `/* samehand graph page; sources sha256 ${digest.digest("hex")}\n\nIt contains:\n\n${notices.replaceAll("*/", "* /")}\n*/\n${text}`);
