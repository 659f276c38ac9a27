import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { Language } from "../../language/language.ts";
import type { AllocationReport } from "../../monitor/monitor.ts";
import { allocationText, consequenceText, elsewhereText } from "../blocks/allocation.ts";
import { LIMITS } from "../blocks/limits.ts";
import { context, section } from "../blocks/parts.ts";
import { link } from "../blocks/text.ts";
import { dialog, plainText } from "./dialog.ts";

export const ALLOCATION_DIALOG = "syncwarden:allocation-dialog";
/** The block that takes the number: what is wrong with it is said there. */
export const ALLOCATION_CALLS = "calls";

/** What the dialog remembers between its question and its answer. */
export const allocationMemorySchema = z.strictObject({
  connection: z.string().min(1).max(200),
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});

/** What was entered in it. */
export const allocationAnswerSchema = z.object({
  [ALLOCATION_CALLS]: z.object({ entered: z.object({ value: z.string().max(30) }) }),
});

/** Asks for HubSpot's allocation, and says what that number is for and where the setting itself is. */
export function allocationDialog(
  t: Language,
  report: AllocationReport,
  memory: z.infer<typeof allocationMemorySchema>,
): ModalView {
  const { calls, max, links } = report;
  const there = links.syncHealth === null ? "" : ` ${link(links.syncHealth, t.say("Open in HubSpot"))}`;
  return dialog(t, {
    id: ALLOCATION_DIALOG,
    memory,
    title: t.say("HubSpot's allocation"),
    submit: t.say("Set"),
    blocks: [
      section(allocationText(t, report)),
      {
        type: "input",
        block_id: ALLOCATION_CALLS,
        label: plainText(t.say("Salesforce API calls a day that HubSpot may use"), LIMITS.label),
        ...(max === null
          ? {}
          : { hint: plainText(t.say("Salesforce lets this org make {max, number} API calls a day.", { max }), LIMITS.label) }),
        element: {
          type: "number_input",
          action_id: "entered",
          is_decimal_allowed: false,
          min_value: "1",
          ...(calls === null ? {} : { initial_value: String(calls) }),
        },
      },
      context(`${consequenceText(t)} ${elsewhereText(t)}${there}`),
    ],
  });
}
