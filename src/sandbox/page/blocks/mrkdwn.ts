/*
 * The library reads Slack's mrkdwn with a Markdown parser that knows more than mrkdwn does: it decodes entities before it looks
 * for mentions (an escaped `<!channel>` would show as a ping), and it swallows headings, lists, rules and tables, which are
 * plain text in Slack. So what must stay text travels through it as characters of Unicode's private use area, and comes back
 * as itself in the finished HTML.
 */
/** Stands for nothing: keeps what follows it from being read as Markdown. */
const nothing = "\uE000";
const kept = ["&", "<", ">", "\\", "*", "_", "~", "`", "[", "]", ":"] as const;
type Kept = (typeof kept)[number];

const privateUse = /[\uE000-\uE00F]/g;
const entities: Readonly<Record<string, Kept>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const inHtml: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Starts of lines that Markdown reads as a heading, list, rule, table or indented code, and mrkdwn as text. */
const markdownLine = /^(?=(?: {4}|\t)|\s{0,3}(?:#|[-*+]\s|\d+[.)]\s|[-=_*:|]{2,}|\|))/gm;

/** Text for the library that comes out as Slack shows it. `verbatim` keeps bare addresses from becoming links. */
export function guarded(mrkdwn: string, verbatim: boolean): string {
  return mrkdwn
    .replace(privateUse, "\uFFFD")
    .split(/(<[^<>\n]*>)/)
    .map((piece, index) => (index % 2 === 1 ? guardedToken(piece) : guardedText(piece, verbatim)))
    .join("")
    .replace(markdownLine, nothing);
}

/** Plain text for where the library would read mrkdwn; emoji names are read in it, unless they are not to be. */
export function guardedPlain(text: string, withEmoji: boolean): string {
  const plain = text.replace(privateUse, "\uFFFD").replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
  return unlinked(
    plain.replace(withEmoji ? /[&<>\\*_~`[\]]/g : /[&<>\\*_~`[\]:]/g, (character) => keep(character as Kept)),
  ).replace(markdownLine, nothing);
}

/** Puts back what was taken out, in HTML. */
export function restored(html: string): string {
  return html.replace(privateUse, (mark) => {
    const character = kept[mark.charCodeAt(0) - nothing.charCodeAt(0) - 1] ?? "";
    return inHtml[character] ?? character;
  });
}

function keep(character: Kept): string {
  return String.fromCharCode(nothing.charCodeAt(0) + 1 + kept.indexOf(character));
}

function guardedText(text: string, verbatim: boolean): string {
  const safe = text
    .replace(/&(?:amp|lt|gt);/g, (entity) => keep(entities[entity] ?? "&"))
    .replaceAll("\\", keep("\\"))
    .replace(/\](?=[([:])/g, keep("]"));
  return verbatim ? unlinked(safe) : safe;
}

function unlinked(text: string): string {
  return text.replace(/(?<=\w)@(?=\w)/g, `${nothing}@`).replace(/\b(https?|ftp|mailto|www)(?=[:.])/g, `$1${nothing}`);
}

/** A `<…>` of Slack's: a mention, date or link; anything else in it is text. */
function guardedToken(token: string): string {
  const mention = /^<@([UW]\w+)(?:\|[^>]*)?>$/.exec(token);
  if (mention !== null) return `<@${mention[1]}>`;
  if (/^<(?:#C|!)/.test(token)) return token;
  const link = /^<((?:https?:|mailto:)[^|>]*)(?:\|([^>]*))?>$/.exec(token);
  if (link === null) return `${keep("<")}${guardedText(token.slice(1, -1), true)}${keep(">")}`;
  const [, address = "", label] = link;
  const url = address.replaceAll("&amp;", "&");
  return label === undefined ? `<${url}>` : `<${url}|${guardedText(label, true)}>`;
}
