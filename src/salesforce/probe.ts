import type { Refusal } from "../health/refusal.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { changedSoql, changesPage } from "./changes.ts";
import { composite, query, refusalIn, rowsIn, type Subrequest, type Subresponse } from "./composite.ts";
import { describe, schemaIn } from "./describe.ts";
import { readLimits } from "./limits.ts";
import { refusedBy, refusesEverything } from "./refusal.ts";
import { rightsOf, rightsSoql } from "./rights.ts";
import type { ChangedQuery, ChangesPage, IntegrationRights, OrgLimits, ProbeRequest, SalesforceProbe } from "./salesforce.ts";

const RIGHTS = "rights";
const DESCRIBE = "describe";

/**
 * One look as the integration user: `/limits`, then one composite with everything else. Nothing is tried a second time
 * (but after a fresh login): the caller compares two probes before it believes in an outage. Never rejects.
 */
export async function probe(calls: SalesforceCalls, request: ProbeRequest): Promise<SalesforceProbe> {
  let limits: OrgLimits | null = null;
  try {
    const { userId } = await calls.session();
    if (request.limits) limits = await limitsWhereAllowed(calls);
    return await look(calls, request, userId, limits);
  } catch (error) {
    return { state: "unusable", refusal: refusedBy(error).refusal, limits };
  }
}

/** Rights to see the limits can be missing where everything else works. */
async function limitsWhereAllowed(calls: SalesforceCalls): Promise<OrgLimits | null> {
  try {
    return await readLimits(calls);
  } catch (error) {
    const refused = refusedBy(error);
    if (refusesEverything(refused.refusal)) throw refused;
    return null;
  }
}

async function look(
  calls: SalesforceCalls,
  request: ProbeRequest,
  userId: string,
  limits: OrgLimits | null,
): Promise<SalesforceProbe> {
  const changes = new Map<SalesforceObject, ChangesPage | Refusal>();
  const subrequests: Subrequest[] = [];
  for (const changed of request.changes) {
    try {
      subrequests.push(query(changed.object, changedSoql(changed)));
    } catch (error) {
      changes.set(changed.object, refusedBy(error).refusal);
    }
  }
  subrequests.push(query(RIGHTS, rightsSoql(userId)));
  if (request.describe) subrequests.push(describe(DESCRIBE, request.describe));

  const answers = await composite(calls, subrequests, { attempts: 1 });
  const shared = sharedRefusal(subrequests.map(({ referenceId }) => answers.get(referenceId)));
  if (shared) return { state: "unusable", refusal: shared, limits };
  for (const changed of request.changes) {
    if (!changes.has(changed.object)) changes.set(changed.object, changesIn(answers.get(changed.object), changed));
  }
  return {
    state: "usable",
    limits,
    rights: await rightsIn(calls, answers.get(RIGHTS)),
    changes,
    schema: request.describe ? schemaIn(answers.get(DESCRIBE), request.describe) : null,
  };
}

/** A refusal of the whole connection that every part has met. */
function sharedRefusal(answers: readonly (Subresponse | undefined)[]): Refusal | null {
  const refusals = answers.map((answer) => refusalIn(answer));
  const first = refusals[0];
  if (!first) return null;
  return refusals.every((refusal) => refusal && refusesEverything(refusal)) ? first : null;
}

function changesIn(answer: Subresponse | undefined, { object }: ChangedQuery): ChangesPage | Refusal {
  const refusal = refusalIn(answer, object);
  if (refusal) return refusal;
  try {
    return changesPage(object, answer?.body);
  } catch (error) {
    return { ...refusedBy(error).refusal, object };
  }
}

async function rightsIn(calls: SalesforceCalls, answer: Subresponse | undefined): Promise<IntegrationRights | Refusal> {
  try {
    return await rightsOf(calls, rowsIn(answer, "PermissionSet"));
  } catch (error) {
    return refusedBy(error).refusal;
  }
}
