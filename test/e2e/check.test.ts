import { afterAll, beforeAll, expect, test } from "vitest";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import {
  answerWords,
  buttonsOf,
  current,
  eventualMessage,
  listedErrors,
  press,
  type ShownRecord,
  shownError,
} from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

const RULE = "Salesforce custom field validation rule";

let world: World;
let control: Control;
let error: { readonly id: string };
/** A record that the validation rule holds back. */
let held: ShownRecord;

beforeAll(async () => {
  world = await startWorld({ healthy: true, contacts: 80, connection: QUICK });
  control = world.control;
  await world.startBot();
  await eventualMessage(control, /acme is healthy/, 60_000);
  await control.make("error/custom-code/custom-validation-rule", 2);
  const listed = await eventually(
    "the error",
    async () => (await listedErrors(control)).find(({ label }) => label === RULE),
    60_000,
  );
  error = listed;
  const [record] = (await shownError(control, listed.id)).records;
  if (!record) throw new Error("The error has no record");
  held = record;
}, 150_000);

afterAll(async () => {
  await world?.close();
});

const isProgress = ({ text }: SeenMessage) => text.startsWith("Looking at ");

/** The answer, not what is said where it takes its time. */
async function asked(text: string, options: { readonly user?: string } = {}): Promise<SeenMessage> {
  const { responses } = await control.command(text, options);
  const [first] = responses;
  const answer = responses.find((message) => !isProgress(message));
  if (answer) return answer;
  return eventually("the answer after the progress", async () =>
    (await control.messages(undefined, options.user)).find(
      (message) => !isProgress(message) && Number(message.ts) > Number(first?.ts),
    ),
  );
}

const said = async (text: string, options?: { readonly user?: string }) => wordsOf(await asked(text, options));

/** What a button under an answer puts in its place. */
async function replaced(answer: SeenMessage, actionId: string): Promise<SeenMessage> {
  await press(control, answer, actionId);
  return eventually("the look to be over", async () => {
    const message = await current(control, answer);
    return isProgress(message) ? null : message;
  });
}

test("a record in error is explained by its ids, its email and its links alike, with what its error says", async () => {
  const { hubspotId, salesforceId } = held;
  const email = /[\w.+-]+@[\w.-]+/.exec(held.words)?.[0] ?? "";
  const links = [...held.words.matchAll(/<(https?:[^|>]+)\|/g)].map(([, address]) => address ?? "");
  expect(links).toHaveLength(2);
  for (const named of [
    salesforceId,
    `contact ${hubspotId}`,
    email,
    `<mailto:${email}|${email}>`,
    ...links,
    `<${links[0]}|a link>`,
  ]) {
    const words = await said(`check ${named}`);
    expect(words, String(named)).toContain(`does not sync: ${RULE}`);
    expect(words).toContain(`error *${error.id}* since`);
    expect(words).toMatch(/\*What to do\* \([^)]*\)\n1\. /);
    expect(words).toMatch(/\*Pairing\* linked to Salesforce's (?:Contact|Lead)/);
    expect(words).toContain("*Included* yes, in the inclusion list");
    expect(words).toContain("*should go from HubSpot to Salesforce*");
    expect(words).toMatch(/\*Last sync\*/);
  }
});

test("a record in step says so, with its fields, and changes nothing in either system", async () => {
  const contact = await inStep();
  const before = await said("log");
  const words = await said(`check ${contact}`);
  expect(words).toMatch(/is in step/);
  expect(words).toMatch(/mapped fields are the same on both sides/);
  expect(words).toMatch(/… and \d+ more fields in step/);
  expect(await said("log")).toBe(before);
});

/** The Salesforce id of a contact that nothing is wrong with. */
async function inStep(): Promise<string> {
  const org = world.sandbox.world.org;
  const truth = await control.truth();
  const failing = new Set(truth.errors.flatMap(({ records }) => records.map(({ salesforceId }) => salesforceId)));
  for (const record of org.records("Contact")) if (!failing.has(record.id)) return record.id;
  throw new Error("No contact");
}

test("bad input is answered with what to type, and what nobody has with where it was looked for", async () => {
  expect(await said("check")).toContain("Which record should I check? Type an email");
  expect(await said("check Ada Lovelace")).toContain("Type an email, a HubSpot record id, a Salesforce id (15 or 18 characters)");
  expect(await said(`check ${held.salesforceId?.toLowerCase()}`)).toContain("last three characters don't fit the capitals");
  expect(await said("check nobody@nowhere.example")).toContain(
    "Neither HubSpot nor Salesforce has a record that goes by `nobody@nowhere.example`",
  );
  expect(await said("check 999999999")).toContain("HubSpot has no contact, company or deal");
});

test("where HubSpot is slow the asker sees that it is being looked at, then the answer", async () => {
  await control.fault({ service: "hubspot", path: "/crm/v3/objects/contacts/search", delayMs: 1_500, times: 2 });
  try {
    const text = `check ${held.salesforceId}`;
    const { ack, responses } = await control.command(text);
    expect(ack?.acknowledged).toBe(true);
    expect(ack?.ackMs ?? 0).toBeLessThan(1_000);
    expect(responses[0]?.text).toMatch(/^Looking at `/);
    expect(responses[0]?.ephemeral).toBe(true);
    const answered = ({ text: said, ts, ephemeral }: SeenMessage) =>
      ephemeral === true && Number(ts) > Number(responses[0]?.ts) && said.includes(`does not sync: ${RULE}`);
    await eventually("the answer", async () => (await control.messages()).some(answered));
  } finally {
    await control.noFaults();
  }
});

test("its buttons resync the record, look again and show all fields; a viewer gets no Resync", async () => {
  const theirs = await asked(`check ${held.salesforceId}`, { user: "U0VIEWER" });
  expect(buttonsOf(theirs).map(({ action_id }) => action_id)).not.toContain("syncwarden:resync");
  const answer = await asked(`check ${held.salesforceId}`);
  const all = await replaced(answer, "syncwarden:check:all");
  expect(all.ts).toBe(answer.ts);
  expect(wordsOf(all)).not.toContain("more fields in step");
  await control.mend("error/custom-code/custom-validation-rule");
  expect(answerWords(await press(control, all, "syncwarden:resync"))).toMatch(/1 record|begun/);
  const again = async () => wordsOf(await replaced(all, "syncwarden:check:again"));
  await eventually("the record in step", async () => /is in step/.test(await again()), 60_000, 1_000);
});

test("a check that everybody is to see is shown to the channel", async () => {
  const answer = await asked(`check ${held.salesforceId} public`);
  expect(answer.ephemeral).toBe(false);
});
