import { messageText } from "./cause.ts";
import type { RefusedWrite } from "./diagnosis.ts";

/**
 * The validation rule whose message Salesforce answered, by its name; null where none fits. Where several share one message, the
 * one shown at the refused field; else all their names, since nothing tells which it was.
 */
export function matchingRule(message: string, fields: readonly string[], rules: RefusedWrite["validationRules"]): string | null {
  const text = folded(message);
  if (text === "") return null;
  const exact = rules.filter((rule) => folded(rule.errorMessage) === text);
  const found = exact.length > 0 ? exact : longest(rules.filter((rule) => isWithin(folded(rule.errorMessage), text)));
  const atField = found.filter((rule) => rule.field !== null && fields.includes(rule.field));
  const meant = atField.length > 0 ? atField : found;
  return meant.length === 0 ? null : [...new Set(meant.map((rule) => rule.name))].toSorted().join(" or ");
}

function folded(message: string): string {
  return messageText(message).toLowerCase().replaceAll(/\s+/g, " ");
}

/** Very short messages ("Error") are within every other. */
function isWithin(part: string, text: string): boolean {
  return part.length >= 12 && text.includes(part);
}

function longest(rules: RefusedWrite["validationRules"]): RefusedWrite["validationRules"] {
  const length = Math.max(0, ...rules.map((rule) => rule.errorMessage.length));
  return rules.filter((rule) => rule.errorMessage.length === length);
}
