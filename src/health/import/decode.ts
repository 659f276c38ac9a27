import { type Sentence, sentence } from "../../language/sentence.ts";
import { UnreadableExportError } from "./unreadable.ts";

/** How many bytes are looked at before the encoding is decided. */
const SNIFFED = 4_096;

const OTHER_FORMATS: readonly { readonly starts: readonly number[]; readonly why: Sentence }[] = [
  {
    starts: [0x50, 0x4b, 0x03, 0x04],
    why: sentence(
      "The file is a ZIP archive or an Excel workbook. Unpack the archive, or save the sheet as CSV, and import that.",
    ),
  },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    why: sentence("The file is an old Excel workbook. Save the sheet as CSV and import that."),
  },
  { starts: [0x25, 0x50, 0x44, 0x46], why: sentence("The file is a PDF. Import the CSV that HubSpot exports.") },
  { starts: [0x1f, 0x8b], why: sentence("The file is compressed. Unpack it and import the CSV in it.") },
];

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "undecided";

/**
 * The text of a file of bytes, piece by piece, with every line end as `\n`: UTF-16 by its mark or its zero bytes, UTF-8, or, where the first
 * bytes beyond ASCII are no UTF-8, Windows-1252.
 * @throws UnreadableExportError where it is another kind of file.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let endsInReturn = false;
  for await (const text of decoded(bytes)) {
    const whole: string = endsInReturn ? `\r${text}` : text;
    endsInReturn = whole.endsWith("\r");
    const ready = (endsInReturn ? whole.slice(0, -1) : whole).replaceAll(/\r\n?/g, "\n");
    if (ready !== "") yield ready;
  }
  if (endsInReturn) yield "\n";
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const pieces = enoughFirst(bytes);
  const first = await pieces.next();
  if (first.done) return;
  refuseOtherFormats(first.value);
  const encoding = encodingOf(first.value);
  let decoder = encoding === "undecided" ? null : new TextDecoder(encoding);
  for (let piece: Uint8Array = first.value; ; ) {
    decoder ??= decoderFor(piece);
    // Until something beyond ASCII comes, any of them reads the same.
    const text = (decoder ?? new TextDecoder("utf-8")).decode(piece, { stream: decoder !== null });
    if (text.includes("\0"))
      throw new UnreadableExportError(sentence("The file is not text: import the CSV that HubSpot exports."));
    yield text;
    const next = await pieces.next();
    if (next.done) break;
    piece = next.value;
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

/** The same bytes with a first piece that is long enough to tell the encoding by. */
async function* enoughFirst(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | null = new Uint8Array();
  for await (const piece of bytes) {
    if (held === null) yield piece;
    else {
      held = Buffer.concat([held, piece]);
      if (held.byteLength < SNIFFED) continue;
      yield held;
      held = null;
    }
  }
  if (held !== null && held.byteLength > 0) yield held;
}

function refuseOtherFormats(bytes: Uint8Array): void {
  const other = OTHER_FORMATS.find(({ starts }) => starts.every((byte, place) => bytes[place] === byte));
  if (other) throw new UnreadableExportError(other.why);
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1").trimStart().toLowerCase();
  if (head.startsWith("<!doctype") || head.startsWith("<html")) {
    throw new UnreadableExportError(sentence("The file is a web page. Import the CSV that HubSpot exports."));
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  const sample = bytes.subarray(0, SNIFFED);
  let [even, odd] = [0, 0];
  for (const [place, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (place % 2 === 0) even += 1;
    else odd += 1;
  }
  // Delimiters, digits, line ends and Latin letters have a zero for their other half.
  const enough = sample.length / 20;
  if (odd > enough && even < odd / 10) return "utf-16le";
  if (even > enough && odd < even / 10) return "utf-16be";
  return "undecided";
}

/** Null while nothing beyond ASCII has come. */
function decoderFor(piece: Uint8Array): TextDecoder | null {
  if (piece.every((byte) => byte < 0x80)) return null;
  try {
    // The piece may end within a character: that alone is no mistake.
    new TextDecoder("utf-8", { fatal: true }).decode(piece, { stream: true });
    return new TextDecoder("utf-8");
  } catch {
    return new TextDecoder("windows-1252");
  }
}
