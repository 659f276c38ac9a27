import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import {
  answerMessage,
  answerWords,
  buttonOf,
  buttonsOf,
  channelMessages,
  current,
  eventualMessage,
  listedErrors,
  press,
  repliesTo,
  shownError,
} from "../support/slack-reading.ts";
import { startWorld, type World } from "../support/world.ts";

const VIEWER = "U0VIEWER";

let world: World;
let control: Control;
/** What is wrong in the world when the sandbox opens. */
let errors: readonly { readonly id: string; readonly label: string; readonly row: string }[];

/** What somebody is answered to `/sync <text>`. */
async function said(text: string, options?: { user?: string; channel?: string }): Promise<string> {
  return answerWords(await control.command(text, options));
}

function errorCalled(label: string): string {
  const error = errors.find((one) => one.label === label);
  if (!error) throw new Error(`No error is listed as ${label}`);
  return error.id;
}

beforeAll(async () => {
  world = await startWorld({ healthy: false, contacts: 160 });
  control = world.control;
  await world.startBot();
  await control.send("POST", "/slack/locale", { user: "U0VIEWER", locale: "en-GB" });
  await eventualMessage(control, /acme has sync errors: 6 sync errors/, 60_000);
  errors = await listedErrors(control);
}, 120_000);

afterAll(async () => {
  await world?.close();
});

describe("reading", () => {
  test("status says state, errors by category, API calls and last syncs, and its buttons work", async () => {
    const status = answerMessage(await control.command("status"));
    const words = wordsOf(status);
    expect(status.ephemeral).toBe(true);
    expect(words).toMatch(/acme has sync errors, 6 sync errors with \d+ affected records, as of/);
    expect(words).toMatch(/Custom code: 1 error, 14 records/);
    expect(words).toMatch(/\*API calls\* [\d,]+ of 100,000 \((?:under )?\d+%\) used in 24 h/);
    expect(words).toMatch(/\*Last sync\* to Salesforce .+, to HubSpot .+/);
    expect(answerWords(await press(control, status, "syncwarden:refresh"))).toContain("I'm looking at acme now");
    // In the place of the status: its buttons are gone then.
    expect(answerWords(await press(control, status, "syncwarden:errors"))).toContain("acme has 6 open sync errors");
  });

  test("nothing at all is status, and the connection may be named", async () => {
    expect(await said("")).toContain("acme has sync errors");
    expect(await said("acme status")).toContain("acme has sync errors");
    expect(await said("STATUS")).toContain("acme has sync errors");
  });

  test("public shows the answer to the channel, and share does too", async () => {
    const before = (await channelMessages(control)).length;
    await control.command("status public", { user: VIEWER });
    await eventually("the public answer", async () => (await channelMessages(control)).length === before + 1);
    const own = answerMessage(await control.command("status", { user: VIEWER }));
    await press(control, own, "syncwarden:share", { user: VIEWER });
    await eventually("the shared status", async () => (await channelMessages(control)).length === before + 2);
  });

  test("errors lists the worst first and narrows to a category or an object; strange words are told", async () => {
    expect(errors[0]?.label).toBe("Salesforce custom field validation rule");
    expect(await said("errors picklists")).toContain("acme has 2 open sync errors in Picklists");
    expect(await said("errors property values contacts")).toContain("String too long");
    expect(await said("errors deals")).toContain("no open sync errors in deals are known");
    expect(await said("errors nonsense")).toContain("I know no category, object or error called `nonsense`");
  });

  test("error shows one error with all its records, page by page and back", async () => {
    const id = errorCalled("Salesforce custom field validation rule");
    const { words, records } = await shownError(control, id);
    expect(words).toContain("*Affected records* 1 to 10 of 14");
    expect(new Set(records.map(({ hubspotId }) => hubspotId)).size).toBe(14);
    const first = answerMessage(await control.command(`error ${id}`));
    const second = answerMessage(await press(control, first, "syncwarden:details"));
    expect(wordsOf(second)).toContain("*Affected records* 11 to 14 of 14");
    const back = answerMessage(await press(control, second, "syncwarden:details:previous"));
    expect(wordsOf(back)).toContain("*Affected records* 1 to 10 of 14");
    expect(await said(`error ${id.toLowerCase()}`)).toContain(`Error ${id}`);
  });

  test("an error that nobody knows is told, whatever was typed", async () => {
    expect(await said("error E00000")).toContain("I know no error `E00000`");
    expect(await said("error <!channel>")).not.toContain("<!channel>");
    expect(await said("error")).toContain("acme has 6 open sync errors");
  });

  test("usage tells calls, rate and HubSpot's share", async () => {
    const words = await said("usage");
    expect(words).toMatch(/\*Now\* [\d,]+ of 100,000/);
    expect(words).toMatch(/\*HubSpot's share\* 1,2\d\d calls in 24 h, of an allocation of 60,000 \(2%\)/);
    expect(await said("usage", { user: VIEWER })).toContain("Salesforce API calls");
  });

  test("suspension and clear say that there is nothing to clear", async () => {
    expect(await said("suspension")).toContain("acme: no suspension is known as of");
    expect(await said("clear")).toContain("acme: no suspension is known as of");
  });

  test("help lists every command, and shows one with examples", async () => {
    const words = await said("help");
    for (const name of ["status", "errors", "error", "suspension", "clear", "resync", "usage", "subscribe", "unsubscribe"]) {
      expect(words).toContain(`/sync ${name}`);
    }
    for (const name of ["subscriptions", "refresh", "log", "help"]) expect(words).toContain(`/sync ${name}`);
    expect(await said("help resync")).toContain("/sync resync ada@example.com");
    expect(await said("resync help")).toContain("/sync resync ada@example.com");
  });

  test("unknown words get the nearest command and the help", async () => {
    expect(await said("sttus")).toContain("Did you mean `/sync status`");
    expect(await said("resinc all")).toContain("Did you mean `/sync resync`");
    const far = await said("make me a sandwich");
    expect(far).toContain("I don't know `make`");
    expect(far).not.toContain("Did you mean");
    expect(far).toContain("/sync subscriptions");
    expect(await said("<!here>")).not.toContain("<!here>");
  });
});

describe("subscriptions", () => {
  const CHANNEL = "C0SALES";

  test("are listed as the configuration made them", async () => {
    expect(await said("subscriptions", { channel: CHANNEL })).toMatch(
      /has 1 subscription.*acme, daily at 09:00 \(Europe\/Oslo\): suspensions and all sync errors – by syncwarden.yaml/s,
    );
  });

  test("can be made, replaced and ended by anybody for their own channel", async () => {
    const own = { user: VIEWER, channel: CHANNEL };
    expect(await said("subscribe weekly mon 8:30 picklists quiet", own)).toMatch(
      /is subscribed: acme, weekly on .+ at 08:30 \(Asia\/Tokyo\): suspensions and sync errors of .+, nothing while healthy/,
    );
    expect(await said("subscribe", own)).toContain("is subscribed: acme, at once: suspensions and all sync errors");
    expect(await said("subscriptions", own)).toMatch(/weekly on .+ at 08:30.*at once/s);
    expect(await said("unsubscribe", own)).toMatch(/Ended \d subscriptions of <#C0SALES>/);
    expect(await said("subscriptions", own)).toContain("has no subscriptions");
    expect(await said("unsubscribe", own)).toContain("had no subscriptions");
    expect(await said("subscribe daily 09:00 Europe/Oslo", own)).toContain("daily at 09:00 (Europe/Oslo)");
  });

  test.each(["daily 25:00", "daily mon", "daily 9:75", "fortnightly 09:00", "daily 09:00 Mars/Olympus", "weekly someday 09:00"])(
    "%s is answered with what to type instead, and nothing is subscribed",
    async (wish) => {
      const before = await said("subscriptions", { channel: CHANNEL });
      expect(await said(`subscribe ${wish}`, { channel: CHANNEL })).toMatch(/type |I don't understand/);
      expect(await said("subscriptions", { channel: CHANNEL })).toBe(before);
    },
  );

  test("of another channel take an admin", async () => {
    const other = "subscribe daily 10:00 <#C0SALES|sales>";
    expect(await said(other, { user: VIEWER })).toMatch(/You can't do this \(subscribe\)\. Only admins can do this/);
    expect(await said(other)).toContain("<#C0SALES> is subscribed: acme, daily at 10:00");
    expect(await said("unsubscribe <#C0SALES|sales>", { user: VIEWER })).toContain("You can't do this (unsubscribe)");
  });

  test("to a channel where the bot can't post are refused with what to do", async () => {
    expect(await said("subscribe daily 09:00 <#C0NOWHERE|nowhere>")).toMatch(/I can't post in <#C0NOWHERE>/);
  });
});

describe("rights", () => {
  test("a viewer is refused what operators do, told who can, and the log has each", async () => {
    const tooLong = errorCalled("String too long");
    expect(await said("clear", { user: VIEWER })).toContain("You can't do this (clear). Only operators can do this");
    expect(await said("refresh", { user: VIEWER })).toContain("You can't do this (refresh)");
    expect(await said(`resync ${tooLong}`, { user: VIEWER })).toContain("You can't do this (resync)");
    const details = answerMessage(await control.command(`error ${tooLong}`, { user: VIEWER }));
    expect(answerWords(await press(control, details, "syncwarden:resync", { user: VIEWER }))).toContain(
      "You can't do this (resync)",
    );
    expect((await channelMessages(control)).filter(({ text }) => text.includes("the resync of"))).toEqual([]);

    const log = await said("log");
    for (const action of ["clear", "refresh", "resync"]) {
      expect(log).toMatch(new RegExp(`<@U0VIEWER> ${action}.*\\*refused\\*: needs the role operator`));
    }
  });

  test("admins and operators act", async () => {
    expect(await said("refresh")).toContain("I'm looking at acme now");
    expect(await said("refresh", { user: "U0OPERATOR" })).toMatch(/I'm looking at acme now|already/);
    expect(await said("log")).toMatch(/<@U0ADMIN> _\(admin by name\)_ (refresh|poll)/);
  });
});

describe("resync", () => {
  test.each([
    ["resync", "What should I resync?"],
    ["resync E00000", "I know no error, category, object, record or saved selection `E00000`"],
    ["resync nonsense", "I know no error, category, object, record or saved selection `nonsense`"],
    ["resync nobody@example.com", "HubSpot has no single record with the email or id nobody@example.com"],
    ["resync 999999999999", "HubSpot has no single record with the email or id 999999999999"],
    ["resync permissions", "No records are in error in the category permissions: there is nothing to resync"],
  ])("%s is answered", async (text, says) => {
    const words = await said(text);
    expect(words).toMatch(says);
    expect(words).not.toContain("went wrong");
  });

  test("says how many, how and at what cost before it begins, and can be declined", async () => {
    const preview = answerMessage(await control.command("resync all"));
    expect(preview.text).toMatch(
      /A resync of all errors in acme covers \d+ records\. It touches a mapped property of each, .* costs about \d+ HubSpot/,
    );
    await press(control, preview, "syncwarden:dismiss");
    expect((await channelMessages(control)).filter(({ text }) => text.includes("the resync of"))).toEqual([]);
    expect(await said("resync picklists")).toMatch(/covers 13 records/);
  });

  test("a record goes by its email and by its id", async () => {
    const { records } = await shownError(control, errorCalled("String too long"));
    const [record] = records;
    if (!record) throw new Error("no record");
    expect(await said(`resync ${record.hubspotId}`)).toContain("covers 1 record.");
    expect(await said(`resync ${record.salesforceId}`)).toContain("covers 1 record.");
    const email = /^\S+@\S+/.exec(record.words)?.[0];
    if (email) expect(await said(`resync ${email}`)).toContain("covers 1 record.");
  });

  test("pressed twice at once, by two people, is one resync", async () => {
    const id = errorCalled("String too long");
    const preview = async (user: string) => answerMessage(await control.command(`resync ${id}`, { user }));
    const [mine, theirs] = [await preview("U0ADMIN"), await preview("U0OPERATOR")];
    const answers = await Promise.all([
      press(control, mine, "syncwarden:confirm-resync"),
      press(control, theirs, "syncwarden:confirm-resync", { user: "U0OPERATOR" }),
    ]);
    const words = answers.map(answerWords);
    expect(words.filter((one) => one.includes("The resync has begun"))).toHaveLength(1);
    expect(words.filter((one) => !one.includes("The resync has begun")).join()).toMatch(/already/);
    const ofIt = async () => (await channelMessages(control)).filter(({ text }) => text.includes(`the resync of error ${id}`));
    await eventually("its end", async () => (await ofIt()).some(({ text }) => text.includes(" is done:")), 60_000);
    expect(await ofIt()).toHaveLength(1);
    const [message] = await ofIt();
    expect(message?.text).toContain("2 of 2 sent, 0 verified as synced, 2 still failing");
  }, 90_000);
});

describe("buttons whose matter is over", () => {
  let alert: SeenMessage;
  const kind = "suspension/sf-api-limit-exceeded";

  test("acknowledging names who did; a second one is told so", async () => {
    await control.make(kind);
    alert = await eventualMessage(control, /acme: the sync is suspended since/, 30_000);
    expect(answerWords(await press(control, alert, "syncwarden:acknowledge", { user: VIEWER }))).toContain("You can't do this");
    const [first, second] = await Promise.all([
      press(control, alert, "syncwarden:acknowledge"),
      press(control, alert, "syncwarden:acknowledge", { user: "U0OPERATOR" }),
    ]);
    const words = [answerWords(first), answerWords(second)].join("\n");
    expect(words).toContain("You acknowledged this suspension");
    expect(words).toMatch(/already/);
    await eventually("the alert to name who did", async () =>
      /Acknowledged by <@U0/.test(wordsOf(await current(control, alert))),
    );
    expect(buttonsOf(await current(control, alert)).map(({ action_id }) => action_id)).not.toContain("syncwarden:acknowledge");
  }, 60_000);

  test("a clear pressed twice is one clear", async () => {
    const answers = await Promise.all([
      press(control, alert, "syncwarden:clear"),
      press(control, alert, "syncwarden:clear", { user: "U0OPERATOR" }),
    ]);
    const words = answers.map(answerWords);
    expect(words.filter((one) => one.includes("The clear has begun"))).toHaveLength(1);
    expect(words.join("\n")).toMatch(/already/);
    const ended = async () => (await repliesTo(control, alert)).filter(({ text }) => text.includes("did not work")).length === 1;
    await eventually("the one clear to end", ended, 30_000);
    expect((await repliesTo(control, alert)).filter(({ text }) => text.includes("asked to clear it"))).toHaveLength(1);
  }, 60_000);

  test("a resync waits while the sync is suspended, and says so; it can be cancelled", async () => {
    const id = errorCalled("Inactive Salesforce owner");
    const preview = answerMessage(await control.command(`resync ${id}`));
    await press(control, preview, "syncwarden:confirm-resync");
    const waiting = await eventualMessage(control, /It waits:\*? the sync is suspended/, 30_000);
    expect(answerWords(await press(control, waiting, "syncwarden:cancel-resync", { user: VIEWER }))).toContain(
      "You can't do this",
    );
    expect(answerWords(await press(control, waiting, "syncwarden:cancel-resync"))).toContain("stops after the batch");
    await eventually("it to be cancelled", async () => / is cancelled:/.test((await current(control, waiting)).text), 30_000);
    expect((await current(control, waiting)).text).toContain("0 of 4 sent");
  }, 60_000);

  test("once it is over, old buttons say what became of it and do nothing", async () => {
    await control.mend(kind);
    // The page of somebody who has not seen the message change: the click comes with the button's old value.
    const preview = answerMessage(await control.command("clear"));
    expect(buttonOf(preview, "syncwarden:clear").value).toBe(buttonOf(alert, "syncwarden:clear").value);
    const over = async () => /the sync runs again after/.test((await current(control, alert)).text);
    await eventually("the suspension to end", over, 60_000);
    expect(answerWords(await press(control, preview, "syncwarden:clear"))).toMatch(
      /There is nothing left to clear\. .*the sync runs again/,
    );
    expect(await said("suspension")).toMatch(/no suspension is known as of .* The last one was: .*the sync runs again after/);
    expect(await said("log")).toMatch(
      /<@U0(?:ADMIN|OPERATOR)> _\([^)]*\)_ acknowledge Salesforce organization API limit exceeded/,
    );
  }, 90_000);
});
