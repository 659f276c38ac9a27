import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { sendEvent } from "../interactions/events.ts";
import { userChangeEvent } from "../interactions/payloads.ts";
import { person } from "./people.ts";

/** A person chooses another language for Slack, as a locale such as `de-DE`. The app hears of it where it has asked to. */
export async function changeLocale(
  context: SlackContext,
  request: { readonly user: string; readonly locale: string },
): Promise<{ readonly ack: Acknowledgement | null }> {
  const { workspace } = context;
  const changed = { ...person(context, request.user), locale: request.locale };
  workspace.users.set(changed.id, changed);
  return { ack: (await sendEvent(context, userChangeEvent(context, changed))) ?? null };
}
