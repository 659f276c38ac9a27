import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { installationFromManifest } from "../../../src/sandbox/slack/installation.ts";
import { type Answer, type Control, eventually, type SeenMessage, wordsOf } from "../../support/control.ts";
import { openDialogOf } from "../../support/dialogs.ts";
import { answerMessage, listedErrors, press } from "../../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../../support/world.ts";

export const ADMIN = "U0ADMIN";
export const OPERATOR = "U0OPERATOR";
/** Who reads and may do nothing else; answered in Japanese where messages come in it. */
export const VIEWER = "U0VIEWER";
/** Where everything is typed, unless it is about another channel. */
export const CHANNEL = "C0REVOPS";

/** What is wrong with the world in which everything is played, by the label that its error has. */
export type ErrorLabel =
  | "Salesforce custom field validation rule"
  | "Restricted picklist value"
  | "Inactive Salesforce owner"
  | "String too long";

/** One world with one bot, in which every command, button and dialog is played. */
export interface Scene {
  readonly world: World;
  readonly control: Control;
  /** The email of a contact that is in step. */
  readonly inStep: string;
  /** The id of an open error. */
  errorCalled(label: ErrorLabel): string;
  /** What the bot may do in Slack by the manifest. */
  readonly scopes: readonly string[];
}

/** Opens the world with errors of several kinds, and waits until the bot has told of all of them. */
export async function openScene(): Promise<Scene> {
  const connection = { ...QUICK, stall: "30s", ownerMessages: "daily 09:00" };
  const world = await startWorld({ healthy: false, contacts: 160, connection });
  const { control } = world;
  await world.startBot();
  const errors = await eventually(
    "the six errors that the world opens with",
    async () => {
      const listed = await listedErrors(control);
      return listed.length === 6 && listed.some(({ row }) => /\b14 contacts/.test(row)) ? listed : null;
    },
    90_000,
    500,
  );
  const failing = new Set((await control.truth()).errors.flatMap(({ records }) => records.map(({ hubspotId }) => hubspotId)));
  const contact = [...world.sandbox.account.records("contacts")].find(
    ({ id, properties }) => Boolean(properties.salesforcecontactid) && !failing.has(id),
  );
  const manifest = await readFile(join(import.meta.dirname, "../../../manifest.yml"), "utf8");
  return {
    world,
    control,
    inStep: contact?.properties.email ?? "",
    scopes: installationFromManifest(manifest).scopes,
    errorCalled(label) {
      const error = errors.find((one) => one.label === label);
      if (!error) throw new Error(`No error is listed as ${label}, but ${errors.map((one) => one.label).join(", ")}`);
      return error.id;
    },
  };
}

/** Types `/sync <text>` as somebody; answers as soon as there is a first answer. */
export function type({ control }: Scene, text: string, by = ADMIN, channel = CHANNEL): Promise<Answer> {
  return control.command(text, { user: by, channel, quietMs: 0 });
}

/** Presses a button of a message as somebody; answers as soon as there is a first answer. */
export function pressButton(
  { control }: Scene,
  message: SeenMessage,
  actionId: string,
  options: { readonly user?: string; readonly inValue?: string } = {},
): Promise<Answer> {
  return press(control, message, actionId, { ...options, quietMs: 0 });
}

/** The message that `/sync <text>` is answered with; what takes a while is first told to be at work. */
export async function answered(scene: Scene, text: string, by = ADMIN, says?: RegExp): Promise<SeenMessage> {
  const answer = await type(scene, text, by);
  if (says === undefined) return answerMessage(answer);
  const look = async () => (await answersTo(scene, answer, by)).findLast((message) => says.test(wordsOf(message)));
  return eventually(`an answer that says ${says}`, look);
}

/** What somebody is answered, as it stands by now, and what they have been told since. */
async function answersTo(
  { control }: Scene,
  { responses }: Pick<Answer, "responses">,
  by: string,
  channel = CHANNEL,
): Promise<readonly SeenMessage[]> {
  const [first] = responses.map(({ ts }) => ts).toSorted();
  if (first === undefined) return [];
  const mine = new Set(responses.map(({ ts }) => ts));
  return (await control.messages(channel, by)).filter(({ ts, ephemeral }) => mine.has(ts) || (ephemeral && ts > first));
}

/**
 * Waits until what somebody is answered says something: in a message, or in the dialog in front of them. Never is it an apology.
 * Answers all that it says.
 */
export function eventuallySays(
  scene: Scene,
  answer: Pick<Answer, "responses">,
  says: RegExp,
  by = ADMIN,
  channel = CHANNEL,
): Promise<string> {
  const look = async () => {
    const dialog = await openDialogOf(scene.control, by);
    const told = [
      ...(await answersTo(scene, answer, by, channel)).map(wordsOf),
      ...(dialog === null ? [] : [JSON.stringify(dialog)]),
    ];
    const words = told.join("\n");
    if (!says.test(words)) throw new Error(words);
    expect(words).not.toContain("Something went wrong");
    return words;
  };
  return eventually(`an answer that says ${says}`, look, 60_000);
}
