import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const directory = import.meta.dirname;

/** One style sheet in parts, the later ones over the earlier. */
const STYLES = [
  "base",
  "frame",
  "sidebar",
  "messages",
  "blocks",
  "controls",
  "composer",
  "world",
  "records",
  "dialogs",
  "narrow",
] as const;

/** The page's own files by path: the document, its style, and the browser's modules with their types blanked out. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const scripts = readdirSync(join(directory, "client")).filter((name) => name.endsWith(".ts"));
  return new Map([
    ["/", { type: "text/html; charset=utf-8", body: text("page.html") }],
    [
      "/page/page.css",
      { type: "text/css; charset=utf-8", body: STYLES.map((name) => text(join("style", `${name}.css`))).join("\n") },
    ],
    ["/page/app.svg", { type: "image/svg+xml", body: text("app.svg") }],
    ...scripts.map((name) => {
      const body = javascript(text(join("client", name)));
      return [`/page/client/${name}`, { type: "text/javascript; charset=utf-8", body }] as const;
    }),
  ]);
}

function text(name: string): string {
  return readFileSync(join(directory, name), "utf8");
}

/** Node runs this whole program by the same means; its warning that the function is new would only puzzle people. */
function javascript(typescript: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(typescript);
  } finally {
    process.emitWarning = emitWarning;
  }
}
