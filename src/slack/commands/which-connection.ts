import type { Language } from "../../language/language.ts";
import { type Answer, tell } from "../answer.ts";
import { crmText } from "../blocks/text.ts";

/** Asks for the connection's name where several could be meant. */
export function whichConnection(t: Language, names: readonly string[], command: string): Answer {
  if (names.length === 0) return tell(t.say("No connection is set up: add one to syncwarden.yaml."));
  const known = names.map((name) => `\`${crmText(name, 80)}\``);
  return tell(
    t.say("Which connection do you mean: {names}? For example `{example}`.", {
      names: t.list(known, "or"),
      example: `/sync ${crmText(command, 300)} ${crmText(names[0] ?? "", 80)}`,
    }),
  );
}
