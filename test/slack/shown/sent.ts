import { witness } from "../../support/witness.ts";
import type { Shown } from "./shown.ts";

/** Leaves it in the journal for the contract checks. */
export function witnessShown(shown: Shown): void {
  if ("text" in shown) witness("chat.postMessage", { channel: "C0REVOPS", text: shown.text, blocks: shown.blocks });
  else if (shown.type === "home") witness("views.publish", { user_id: "U0ADMIN", view: shown });
  else witness("views.open", { trigger_id: "1.1", view: shown });
}
