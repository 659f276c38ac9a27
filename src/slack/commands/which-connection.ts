import { type Answer, tell } from "../answer.ts";
import { crmText, list } from "../blocks/text.ts";

/** Asks for the connection's name where several could be meant. */
export function whichConnection(names: readonly string[], command: string): Answer {
  if (names.length === 0) return tell("No connection is set up: add one to syncwarden.yaml.");
  const known = names.map((name) => `\`${crmText(name, 80)}\``);
  return tell(
    `Which connection do you mean: ${list(known, "or")}? For example \`/sync ${command} ${crmText(names[0] ?? "", 80)}\`.`,
  );
}
