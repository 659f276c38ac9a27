import type { SlackViewMiddlewareArgs, ViewSubmitAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Language } from "../../language/language.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { changeDialog } from "../open-dialog.ts";
import { noticeDialog } from "./notice-dialog.ts";

export interface DialogAnswer {
  /** Of the interaction, as the log names it. */
  readonly name: string;
  readonly title: (t: Language) => string;
  /** What the dialog says at once, since Slack waits no longer than 3 seconds. */
  readonly atWork: (t: Language) => string;
  /** Answers what came of it, as mrkdwn, or the dialog that follows. */
  readonly work: (context: SlackContext) => Promise<string | ModalView>;
}

/** Answers a dialog in itself: that it is at work, then what came of it, or that something went wrong. */
export async function answerDialog(
  interactions: Interactions,
  { body, view, ack }: Pick<SlackViewMiddlewareArgs<ViewSubmitAction>, "body" | "view" | "ack">,
  { name, title, atWork, work }: DialogAnswer,
): Promise<void> {
  const show = async (answer: string | ModalView, context: SlackContext) => {
    const { t } = context;
    await changeDialog(context, view.id, typeof answer === "string" ? noticeDialog(t, title(t), answer) : answer);
  };
  await interactions.take({
    id: `${view.id}:${view.hash}`,
    name,
    userId: body.user.id,
    ack: ({ t }) => ack({ response_action: "update", view: noticeDialog(t, title(t), atWork(t)) }),
    work: async (context) => show(await work(context), context),
    apologise: (sorry, context) => show(context.t.render(sorry), context),
  });
}
