import type { SalesforceCalls } from "./calls.ts";
import { composite, query, refusalIn, rowsIn } from "./composite.ts";
import { text } from "./records.ts";
import type { SalesforceIdentity } from "./salesforce.ts";
import { quoted } from "./soql.ts";

/** Who the integration user is and in which org, for one API call. Without rights to the org's name its id stands in. */
export async function readIdentity(calls: SalesforceCalls): Promise<SalesforceIdentity> {
  const { userId, organizationId, instanceUrl } = await calls.session();
  const answers = await composite(calls, [
    query("organization", "SELECT Id, Name FROM Organization"),
    query("user", `SELECT Id, Username FROM User WHERE Id = ${quoted(userId)}`),
  ]);
  const [user] = rowsIn(answers.get("user"), "User").rows;
  const organization = refusalIn(answers.get("organization")) ? undefined : rowsIn(answers.get("organization")).rows[0];
  return {
    organizationId: organization ? text(organization, "Id") : organizationId,
    organizationName: organization ? text(organization, "Name") : organizationId,
    instanceUrl,
    userId,
    username: user ? text(user, "Username") : userId,
  };
}
