import { type Answer, type Control, eventually, type SeenMessage, wordsOf } from "./control.ts";

/** A button in a message's blocks. */
export interface SeenButton {
  readonly action_id: string;
  readonly value?: string;
  readonly text: { readonly text: string };
  readonly url?: string;
}

/** Every button of a message, those beside a section too. */
export function buttonsOf({ blocks = [] }: Pick<SeenMessage, "blocks">): readonly SeenButton[] {
  return blocks.flatMap((block) => {
    const { elements, accessory } = block as { elements?: readonly unknown[]; accessory?: unknown };
    return [...(elements ?? []), ...(accessory === undefined ? [] : [accessory])].filter(isButton);
  });
}

function isButton(element: unknown): element is SeenButton {
  return (element as { type?: unknown } | null)?.type === "button";
}

/** The only button of a message with this action, and this in its value where several have it. */
export function buttonOf(message: Pick<SeenMessage, "text" | "blocks">, actionId: string, inValue = ""): SeenButton {
  const found = buttonsOf(message).filter((one) => one.action_id === actionId && (one.value ?? "").includes(inValue));
  const [button] = found;
  if (button && found.length === 1) return button;
  throw new Error(`${found.length} buttons ${actionId} ${inValue} in: ${wordsOf(message)}`);
}

/** Presses a button of a message as somebody. */
export function press(
  control: Control,
  message: SeenMessage,
  actionId: string,
  options: { readonly user?: string; readonly inValue?: string; readonly channel?: string; readonly quietMs?: number } = {},
): Promise<Answer> {
  const { inValue, channel, ...rest } = options;
  const { value } = buttonOf(message, actionId, inValue);
  return control.click({ ts: message.ts, ...(channel !== undefined && { channel }) }, actionId, { value, ...rest });
}

/** All that an answer says, of a command or of a click. */
export function answerWords(answer: Answer): string {
  return answer.responses.map(wordsOf).join("\n");
}

/** The first message that an answer consists of. */
export function answerMessage(answer: Answer): SeenMessage {
  const [message] = answer.responses;
  if (!message) throw new Error("There was no answer");
  return message;
}

/** What everybody in the channel sees, without threads and without what is for one person alone. */
export async function channelMessages(control: Control, channel?: string): Promise<readonly SeenMessage[]> {
  return (await control.messages(channel)).filter((message) => !message.ephemeral && !message.thread_ts);
}

/** The direct messages between somebody and the app, with the channel that they are. */
export async function directMessages(
  control: Control,
  user: string,
): Promise<readonly (SeenMessage & { readonly channel: string })[]> {
  const { channels } = await control.get<{ channels: readonly { id: string }[] }>(`/slack/channels?user=${user}`);
  const direct = channels.find(({ id }) => id.startsWith("D"));
  if (direct === undefined) return [];
  return (await control.messages(direct.id, user)).map((message) => ({ ...message, channel: direct.id }));
}

/** The replies under a message. */
export async function repliesTo(control: Control, { ts }: Pick<SeenMessage, "ts">): Promise<readonly SeenMessage[]> {
  return (await control.messages()).filter((message) => message.thread_ts === ts && message.ts !== ts);
}

/** A message as it stands now. */
export async function current(control: Control, { ts }: Pick<SeenMessage, "ts">): Promise<SeenMessage> {
  const message = (await control.messages()).find((one) => one.ts === ts);
  if (!message) throw new Error(`The message ${ts} is gone`);
  return message;
}

/** Waits for a message of the channel that says something. */
export function eventualMessage(control: Control, says: RegExp, timeoutMs?: number): Promise<SeenMessage> {
  const look = async () => (await channelMessages(control)).find((message) => says.test(wordsOf(message)));
  return eventually(`a message that says ${says}`, look, timeoutMs);
}

/** An error as `/sync errors` lists it. */
export interface ListedError {
  readonly id: string;
  readonly label: string;
  readonly row: string;
}

/** Every open error, through all pages of `/sync errors`. */
export async function listedErrors(control: Control, filter = ""): Promise<readonly ListedError[]> {
  let page = answerMessage(await control.command(`errors ${filter}`));
  const errors = [...rowsOf(page)];
  for (;;) {
    const next = buttonsOf(page).find(({ action_id }) => action_id === "syncwarden:errors");
    if (!next) return errors;
    page = answerMessage(await control.click(page, next.action_id, { value: next.value }));
    errors.push(...rowsOf(page));
  }
}

function rowsOf({ blocks = [] }: SeenMessage): readonly ListedError[] {
  return blocks.flatMap((block) => {
    const { accessory, text } = block as { accessory?: SeenButton; text?: { text: string } };
    if (accessory?.action_id !== "syncwarden:details" || text === undefined) return [];
    const { errorId } = JSON.parse(accessory.value ?? "{}") as { errorId: string };
    return [{ id: errorId, label: /^\*([^*]+)\*/.exec(text.text)?.[1] ?? "", row: text.text }];
  });
}

/** An error as `/sync error <id>` shows it: all words of its first page, and the records of all pages. */
export interface ShownError {
  readonly words: string;
  readonly first: SeenMessage;
  readonly records: readonly ShownRecord[];
}

export interface ShownRecord {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly words: string;
}

export async function shownError(control: Control, id: string): Promise<ShownError> {
  const first = answerMessage(await control.command(`error ${id}`));
  const words = wordsOf(first);
  const records = [...recordsOn(first)];
  for (let page = first; ; ) {
    const next = buttonsOf(page).find(({ action_id }) => action_id === "syncwarden:details");
    if (!next) return { words, first, records };
    page = answerMessage(await control.click(page, next.action_id, { value: next.value }));
    records.push(...recordsOn(page));
  }
}

/** Records are told by their links: HubSpot's `/record/0-1/<id>` and Salesforce's `/<id>`. */
function recordsOn({ blocks = [] }: SeenMessage): readonly ShownRecord[] {
  return blocks.flatMap((block) => {
    const words = (block as { text?: { text?: string } }).text?.text ?? "";
    const hubspotId = /<[^|>]*\/record\/0-\d+\/(\d+)\|HubSpot>/.exec(words)?.[1] ?? null;
    const salesforceId = /<[^|>]*\/([A-Za-z0-9]{18})\|(?:Contact|Lead|Account|Opportunity|Task)>/.exec(words)?.[1] ?? null;
    return hubspotId === null && salesforceId === null ? [] : [{ hubspotId, salesforceId, words }];
  });
}
