import type { Language } from "../../language/language.ts";
import type { Actor } from "../../monitor/monitor.ts";
import type { Answer } from "../answer.ts";
import type { Message } from "../blocks/message.ts";
import type { SlackContext } from "../context.ts";
import type { Role } from "../rights.ts";

/** What somebody typed, taken apart. */
export interface CommandRequest {
  /** What is left once the command, the connection and `public` are taken out, in the order typed. */
  readonly words: readonly string[];
  /** The connection that was named, by its configured name; null where none was. */
  readonly named: string | null;
  /** The connection that is meant: the named one, else the only one; null where several could be. */
  readonly connection: string | null;
  readonly actor: Actor;
  readonly channel: string;
}

/** One word after `/sync`. */
export interface Command {
  readonly name: string;
  /** Other words that people use for it. */
  readonly aliases: readonly string[];
  /** Without `/sync`. */
  readonly usage: string;
  readonly examples: readonly string[];
  /** What it does: begins in lower case, without a full stop. */
  readonly summary: (t: Language) => string;
  /** The role that it takes, which may depend on what is asked. */
  readonly role: Role | ((request: CommandRequest) => Role);
  /** Whether `public` may show its answer to the whole channel. */
  readonly canBePublic: boolean;
  /** It takes a connection's name and nothing else: another word is taken for one that nobody knows, never passed over. */
  readonly takesNoWords?: true;
  /** What to say where the answer takes more than a second; null says nothing. Commands that answer from the store have none. */
  readonly progress?: (request: CommandRequest, t: Language) => Message | null;
  run(request: CommandRequest, context: SlackContext): Promise<Answer>;
}
