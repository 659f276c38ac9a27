import { messageText } from "./cause.ts";
import type { Refusal } from "./refusal.ts";

/** Countries and states as the labels of address fields call them, in Salesforce's languages. */
const COUNTRY = /countr|territor|\bland\b|länder|\bpays\b|\bpa[ií]s(?:es)?\b|\bpaes[ei]\b|\blandet?\b|\bmaa|стран|国|國家|국가/iu;
const STATE =
  /\bstates?\b|provinc|bundesland|kanton|\bétats?\b|\bestados?\b|\bstat[oi]\b|staat|delstat|\bfylke|osavalti|штат|област|都道府県|州|省|시\/도/iu;
/** That the address is held against a list, or one of its parts against the other. */
const LISTED =
  /problem|list|available|valid|gültig|válid|giltig|gyldig|geldig|elenc|recogni|erkenn|reconna|reconoc|riconosc|reconhec|herken|erkänn|genkend|gjenkjenn|specif|spécif|angege|angabe|oppg|opgege|リスト|有効|問題|認識|指定|有效|问题|識別|识别|目录|목록|유효|지정/iu;
/** That the country comes first: "A country/territory must be specified before specifying a state value for field: …". */
const COUNTRY_FIRST =
  /before|\bbevor\b|\bvor der\b|zuerst|\bavant\b|\bantes\b|\bprima\b|\bvoordat\b|\binnan\b|\bfør\b|ennen|прежде|до того|する前|前に|先に|之前|먼저|전에/iu;

/** The address field that a message about states and countries means, where it names none by API name; null where it is about others. */
export function statedAddressField(refusal: Refusal): string | null {
  const text = messageText(refusal.message);
  if (refusal.fields.length > 0 || /^field integrity exception/i.test(text)) return null;
  const isState = STATE.test(text);
  if ((!isState && !COUNTRY.test(text)) || !LISTED.test(text)) return null;
  return isState ? "State" : "Country";
}

/** Whether a message about a state asks for its country first. */
export function asksForCountry(message: string): boolean {
  const text = messageText(message);
  return /must be specified/i.test(text) || (COUNTRY.test(text) && COUNTRY_FIRST.test(text));
}
