import fc from "fast-check";
import { DRIFT_KINDS } from "../../../src/health/drift.ts";
import { SYNCED_OBJECTS } from "../../../src/records/record.ts";
import type { ActionValues, ActionVerb } from "../../../src/slack/actions/values.ts";
import { suspensionKind } from "./connections.ts";
import { category, errorId, maybe, object, stamp } from "./figures.ts";
import { selectionsOf } from "./repairs.ts";
import { HOSTILE } from "./texts.ts";

const id = fc.oneof(fc.uuid(), fc.constant("<!channel>"));
const connection = HOSTILE.name;
const offset = fc.constantFrom(0, 10, 1_000_000);
const ofError = fc.record({ errorId });
const ofRequest = fc.record({ requestId: id });
const ofSubscription = fc.record({ subscriptionId: id });
const ofConnection = fc.record({ connection });
const selection = selectionsOf(HOSTILE);

/** What each button may carry, whoever has pressed it and whenever. */
export const CARRIED: { readonly [Verb in ActionVerb]: fc.Arbitrary<ActionValues[Verb]> } = {
  acknowledge: fc.record({ suspensionId: id }),
  backlog: fc.record({ connection, offset }),
  clear: fc.record({ suspensionId: id, kind: suspensionKind }, { requiredKeys: ["suspensionId"] }),
  "cancel-clear": fc.record({ suspensionId: id, requestId: id }),
  errors: fc.record({ connection, category, object, offset }, { requiredKeys: ["connection", "offset"] }),
  records: ofError,
  "hubspot-list": ofError,
  mute: ofError,
  unmute: ofError,
  export: ofError,
  details: fc.record({ errorId, offset }),
  resync: fc.record({ connection, selection }),
  "confirm-resync": fc.record({ connection, selection, at: fc.oneof(stamp, fc.constant(new Date().toISOString())) }),
  "cancel-resync": ofRequest,
  audit: fc.record({ requestId: id, kind: fc.constantFrom(...DRIFT_KINDS), offset }, { requiredKeys: ["requestId", "offset"] }),
  "confirm-audit": fc.record({ connection, expected: fc.dictionary(fc.constantFrom(...SYNCED_OBJECTS, "Lead"), fc.nat()) }),
  "cancel-audit": ofRequest,
  check: fc.record({ connection, record: fc.constantFrom("101", "<!here>", "ada@example.com"), object, all: fc.boolean() }),
  dismiss: fc.constant({}),
  allocation: ofConnection,
  "set-allocation": fc.record({ connection, calls: maybe(fc.constantFrom(1, 1_000_000_000)) }),
  refresh: ofConnection,
  share: ofConnection,
  log: fc.record({ connection: maybe(connection), offset }),
  "log-csv": fc.record({ connection: maybe(connection) }),
  fix: ofError,
  "cancel-fix": ofRequest,
  undo: ofRequest,
  "owner-messages": fc.record({ wants: fc.boolean() }),
  "change-subscription": ofSubscription,
  "remove-subscription": ofSubscription,
};
