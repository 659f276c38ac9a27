import type { Hono } from "hono";
import { requireScope } from "./gateway.ts";
import type { AccountRecord, HubSpotAccount, ObjectType } from "./model.ts";
import { objectType } from "./request-reading.ts";
import { objectScope } from "./scopes.ts";

const OBJECTS: readonly ObjectType[] = ["contacts", "companies", "deals"];
const NAMES = {
  contacts: { objectTypeId: "0-1", singularLabel: "Contact", pluralLabel: "Contacts" },
  companies: { objectTypeId: "0-2", singularLabel: "Company", pluralLabel: "Companies" },
  deals: { objectTypeId: "0-3", singularLabel: "Deal", pluralLabel: "Deals" },
  tasks: { objectTypeId: "0-27", singularLabel: "Task", pluralLabel: "Tasks" },
} as const satisfies Record<ObjectType, object>;
/** How many records the answer shows of those near and at the limit. HubSpot calls them samples and names no number. */
const SAMPLES = 100;

function labelOf(record: AccountRecord | null): string {
  const { name, dealname, hs_full_name_or_email: person } = record?.properties ?? {};
  return name ?? dealname ?? person ?? record?.id ?? "";
}

/** `/crm/v3/limits/associations/records/…`, which the client doesn't have: called as plain requests. */
export function limitRoutes(app: Hono, account: HubSpotAccount): void {
  const { associations } = account;
  const isAtLimit = (from: ObjectType, to: ObjectType) => (record: { readonly usage: number }) =>
    record.usage >= associations.limit(from, to);

  function summary(object: ObjectType, pairs: readonly (readonly [ObjectType, ObjectType])[]) {
    const crowded = pairs.flatMap(([from, to]) => associations.crowded(from, to).map(isAtLimit(from, to)));
    if (crowded.length === 0) return [];
    return [{ ...NAMES[object], hasRecordsAtLimit: crowded.includes(true), hasRecordsNearLimit: crowded.includes(false) }];
  }

  app.get("/crm/v3/limits/associations/records/from", (context) => {
    requireScope(
      account,
      OBJECTS.flatMap((object) => objectScope(object, "read")),
    );
    const results = OBJECTS.flatMap((from) =>
      summary(
        from,
        OBJECTS.map((to) => [from, to] as const),
      ),
    );
    return context.json({ results });
  });

  app.get("/crm/v3/limits/associations/records/:from/to", (context) => {
    const from = objectType(context, "from");
    requireScope(account, objectScope(from, "read"));
    return context.json({ results: OBJECTS.flatMap((to) => summary(to, [[from, to]])) });
  });

  app.get("/crm/v3/limits/associations/records/:from/:to", (context) => {
    const from = objectType(context, "from");
    const to = objectType(context, "to");
    requireScope(account, objectScope(from, "read"));
    const crowded = associations.crowded(from, to);
    const atLimit = crowded.filter(isAtLimit(from, to));
    const nearLimit = crowded.filter((record) => !isAtLimit(from, to)(record));
    const limit = associations.limit(from, to);
    const sample = ({ id }: { readonly id: string }) => ({ label: labelOf(account.get(from, id)), objectId: Number(id) });
    return context.json({
      limit,
      totalRecordsNearLimit: nearLimit.length,
      totalRecordsAtLimit: atLimit.length,
      nearLimitFromRecordSamples: nearLimit.slice(0, SAMPLES).map((record) => ({
        ...sample(record),
        usage: record.usage,
        percentage: Math.round((record.usage / limit) * 1_000) / 10,
      })),
      atLimitFromRecordSamples: atLimit.slice(0, SAMPLES).map(sample),
    });
  });
}
