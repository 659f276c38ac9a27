import { refusalOf } from "../../support/refusal.ts";
import { OPERATOR, type Scene, VIEWER } from "./scene.ts";

/** Something that is typed after `/sync`, and what it is answered with. */
export interface Typed {
  readonly text: string;
  readonly says: RegExp;
  /** An admin, unless somebody else types it. */
  readonly by?: string;
  readonly channel?: string;
}

export interface CommandPlay {
  readonly works: (scene: Scene) => Typed;
  readonly fails: (scene: Scene) => Typed;
  /** It is about a suspension, and played while there is one. */
  readonly suspended?: true;
}

/** By somebody without the right to it. */
function asViewer(text: string, action: string) {
  return (): Typed => ({ text, says: refusalOf(action), by: VIEWER });
}

/** With a word that isn't understood. */
function mistyped(text: string, says: RegExp) {
  return (): Typed => ({ text, says, by: OPERATOR });
}

function asksWhich(command: string): RegExp {
  return new RegExp(`Which connection do you mean: \`acme\`\\? For example \`/sync ${command} acme\``);
}

const SALES = "C0SALES";
const NO_ERROR = /I know no error `E00000`/;

/** Every command, used rightly and wrongly, in the order in which they are played: a selection is saved before it is forgotten. */
export const COMMAND_PLAYS: Readonly<Record<string, CommandPlay>> = {
  status: {
    works: () => ({ text: "status", says: /acme has sync errors, 6 sync errors/ }),
    fails: mistyped("status elsewhere", asksWhich("status")),
  },
  errors: {
    works: () => ({ text: "errors picklists", says: /acme has 2 open sync errors in Picklists/ }),
    fails: mistyped("errors piclists", /Did you mean `\/sync errors picklists`/),
  },
  error: {
    works: ({ errorCalled }) => ({ text: `error ${errorCalled("String too long")}`, says: /Affected records/ }),
    fails: mistyped("error E00000", NO_ERROR),
  },
  check: {
    works: ({ inStep }) => ({ text: `check ${inStep}`, says: /is in step[\s\S]*Looked at live in acme/ }),
    fails: mistyped("check nobody@example.com", /Neither HubSpot nor Salesforce has a record that goes by/),
  },
  suspension: {
    suspended: true,
    works: () => ({ text: "suspension", says: /the sync is suspended since/ }),
    fails: mistyped("suspension elsewhere", asksWhich("suspension")),
  },
  clear: {
    suspended: true,
    works: () => ({ text: "clear", says: /A clear tests the cause again/ }),
    fails: asViewer("clear", "clear"),
  },
  backlog: {
    suspended: true,
    works: () => ({ text: "backlog", says: /acme: \d+ changes wait/ }),
    fails: mistyped("backlog elsewhere", asksWhich("backlog")),
  },
  resync: {
    works: () => ({ text: "resync picklists", says: /covers 13 records/ }),
    fails: mistyped("resync nonsense", /I know no error, category, object, record or saved selection `nonsense`/),
  },
  save: {
    works: () => ({ text: "save key-accounts duplicates", says: /Saved as `key-accounts`/ }),
    fails: mistyped("save picklists deals", /`picklists` won't do/),
  },
  selections: {
    works: () => ({ text: "selections", says: /\*key-accounts\*/ }),
    fails: mistyped("selections elsewhere", asksWhich("selections")),
  },
  forget: {
    works: () => ({ text: "forget key-accounts", says: /The selection `key-accounts` is forgotten/ }),
    fails: mistyped("forget nothing-at-all", /There is no such saved selection/),
  },
  audit: {
    works: () => ({ text: "audit", says: /compares every record on both sides/ }),
    fails: asViewer("audit", "audit"),
  },
  export: {
    works: () => ({ text: "export picklists", says: /2 sync errors with 13 affected records/ }),
    fails: mistyped("export tasks", /There is nothing to export/),
  },
  mute: {
    works: ({ errorCalled }) => ({
      text: `mute ${errorCalled("Inactive Salesforce owner")} for 7d because they are on it`,
      says: /is muted until/,
    }),
    fails: mistyped("mute E00000 for 7d", NO_ERROR),
  },
  unmute: {
    works: ({ errorCalled }) => ({ text: `unmute ${errorCalled("Inactive Salesforce owner")}`, says: /speaks again/ }),
    fails: mistyped("unmute E00000", NO_ERROR),
  },
  usage: {
    works: () => ({ text: "usage", says: /\*HubSpot's share\*/ }),
    fails: mistyped("usage today", asksWhich("usage")),
  },
  allocation: {
    works: () => ({ text: "allocation 55k", says: /Set HubSpot's allocation in acme to 55,000/ }),
    fails: mistyped("allocation 55k", refusalOf("allocation")),
  },
  subscribe: {
    works: () => ({
      text: "subscribe weekly mon 9am picklists",
      says: /is subscribed: acme, weekly on Monday at 09:00/,
      channel: SALES,
    }),
    fails: mistyped("subscribe daily 25:00", /daily 9am|type /),
  },
  subscriptions: {
    works: () => ({ text: "subscriptions", says: /has 1 subscription\b[\s\S]*weekly on Monday/, channel: SALES }),
    fails: mistyped("subscriptions sometimes", asksWhich("subscriptions")),
  },
  unsubscribe: {
    works: () => ({ text: "unsubscribe", says: /Ended 1 subscription of <#C0SALES>/, channel: SALES }),
    fails: mistyped("unsubscribe daily", asksWhich("unsubscribe")),
  },
  mine: {
    works: () => ({ text: "mine", says: /You hear of your own records/ }),
    fails: mistyped("mine perhaps", /Type `\/sync mine on` or `\/sync mine off`/),
  },
  refresh: {
    works: () => ({ text: "refresh", says: /I'm looking at acme now/ }),
    fails: asViewer("refresh", "refresh"),
  },
  log: {
    works: () => ({ text: "log", says: /<@U0ADMIN>[\s\S]*mute/ }),
    fails: mistyped("log everything", /I don't know what `everything` means here/),
  },
  help: {
    works: () => ({ text: "help resync", says: /\/sync resync picklists/ }),
    fails: mistyped("hlep", /Did you mean `\/sync help`/),
  },
};
