const TOKEN = /<\/?[a-zA-Z][^<>]*>|[^<]+|</g;
const BLOCK = "address|blockquote|br|div|dl|dd|dt|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul";
const AROUND_BLOCKS = new RegExp(`\\s*(</?(?:${BLOCK})(?: [^<>]*)?>)\\s*`, "g");
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * Rich text in one form: tags in lower case with their attributes quoted alike and in order, `<br/>` as `<br>`, entities as their
 * characters, white space as a browser shows it. What is bold, linked or listed stays so: formatting is content. Both systems
 * store HTML of their own editors, which differ in these.
 */
export function canonicalRichText(html: string): string {
  const parts = withoutComments(html).match(TOKEN) ?? [];
  return parts
    .map((part) => (/^<\/?[a-zA-Z][^<>]*>$/.test(part) ? canonicalTag(part) : escaped(decoded(part))))
    .join("")
    .replaceAll(/\s+/g, " ")
    .replaceAll(AROUND_BLOCKS, "$1")
    .trim();
}

/** A comment that isn't closed is text. */
function withoutComments(html: string): string {
  const [first = "", ...rest] = html.split("<!--");
  return first + rest.map((part) => (part.includes("-->") ? part.slice(part.indexOf("-->") + 3) : `<!--${part}`)).join("");
}

function canonicalTag(tag: string): string {
  const [, slash = "", name = "", rest = ""] = /^<(\/?)([a-zA-Z][\w-]*)(.*?)\/?>$/s.exec(tag) ?? [];
  if (slash !== "") return `</${name.toLowerCase()}>`;
  const attributes = [...rest.matchAll(/([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g)].map(
    ([, key = "", double, single, plain]) => ` ${key.toLowerCase()}="${decoded(double ?? single ?? plain ?? "").trim()}"`,
  );
  return `<${name.toLowerCase()}${attributes.toSorted().join("")}>`;
}

function decoded(text: string): string {
  return text
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name: string | undefined) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replaceAll("\u00a0", " ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
