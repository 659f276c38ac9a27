import type { App } from "@slack/bolt";
import type { Actor } from "../../monitor/monitor.ts";
import { admit } from "../admission.ts";
import { type Answer, reply, show, tell } from "../answer.ts";
import { commandHelp, helpMessage, unknownCommand } from "../blocks/help.ts";
import type { Message } from "../blocks/message.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { withProgress } from "../progress.ts";
import type { CommandRequest } from "./command.ts";
import { type Parsed, parseCommand } from "./parse.ts";
import { COMMANDS } from "./table.ts";
import { whichConnection } from "./which-connection.ts";

/** Answers `/sync`: acknowledged at once, answered through the response_url. */
export function registerCommands(app: App, interactions: Interactions): void {
  app.command("/sync", async ({ command, ack, respond }) => {
    const by = { userId: command.user_id, channel: command.channel_id, messageTs: null };
    await ack();
    await interactions.take({
      id: command.trigger_id,
      name: "command",
      userId: command.user_id,
      work: async (context) => {
        const announce = (progress: Message) => reply(respond, show(progress), context.logger);
        await reply(respond, await answerCommand(command.text, by, context, announce), context.logger);
      },
      apologise: (sorry, { t, logger }) => reply(respond, tell(t.render(sorry)), logger),
    });
  });
}

/** What `/sync <text>` answers this person. `announce` says that it is at work, where that takes over a second. */
export async function answerCommand(
  text: string,
  by: Omit<Actor, "allowedAs">,
  context: SlackContext,
  announce: (progress: Message) => Promise<void> = async () => {},
): Promise<Answer> {
  const parsed = parseCommand(text, COMMANDS, context.monitor.connectionNames());
  if (parsed.kind === "unknown") return show(unknownCommand(context.t, parsed.word, parsed.nearest, COMMANDS, context.version));
  if (parsed.kind === "help") {
    const help = parsed.about === null ? helpMessage(context.t, COMMANDS, context.version) : commandHelp(context.t, parsed.about);
    return inView(show(help), parsed.isPublic);
  }
  const asked = commandRequest(parsed, { ...by, allowedAs: null }, context);
  const { command } = parsed;
  const role = typeof command.role === "string" ? command.role : command.role(asked);
  const target = text.trim() === "" ? null : text.trim();
  const { actor, refusal } = await admit({ action: command.name, target, role, by }, context);
  if (refusal !== null) return refusal;
  if (command.takesNoWords && asked.words.length > 0) {
    return whichConnection(context.t, context.monitor.connectionNames(), command.name);
  }
  const request = { ...asked, actor };
  const progress = command.progress?.(request, context.t) ?? null;
  const answer = await withProgress(command.run(request, context), progress, announce);
  return inView(answer, parsed.isPublic && command.canBePublic);
}

function commandRequest(parsed: Extract<Parsed, { kind: "command" }>, actor: Actor, { monitor }: SlackContext): CommandRequest {
  const names = monitor.connectionNames();
  const only = names.length === 1 ? (names[0] ?? null) : null;
  return {
    words: parsed.words,
    named: parsed.named,
    connection: parsed.named ?? only,
    actor,
    channel: actor.channel ?? actor.userId,
  };
}

function inView(answer: Answer, isPublic: boolean): Answer {
  return isPublic && answer.to === "asker" ? { to: "channel", message: answer.message } : answer;
}
