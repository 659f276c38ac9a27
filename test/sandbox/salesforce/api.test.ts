import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import { Connection } from "jsforce/lib/connection.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLIENT, type LocalSalesforce, refusalOf, startSalesforce } from "./local-org.ts";

let salesforce: LocalSalesforce;
let connection: Connection;
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

beforeEach(async () => {
  const publicKey = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
  salesforce = await startSalesforce({ clients: [{ ...CLIENT, publicKey }], password: "pass" });
  connection = await salesforce.connect();
});

afterEach(() => salesforce.close());

interface Subresponse {
  readonly body: unknown;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

async function composite(body: unknown): Promise<readonly Subresponse[]> {
  const answer = await connection.request<{ compositeResponse: readonly Subresponse[] }>({
    method: "POST",
    url: "/services/data/v60.0/composite",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
  return answer.compositeResponse;
}

describe("records over REST", () => {
  it("are created, read, changed and deleted", async () => {
    const created = await connection.sobject("Contact").create({ LastName: "Ng", Email: "ng@x.example" });
    expect(created).toMatchObject({ success: true, errors: [] });
    const id = created.id ?? "";
    await connection.sobject("Contact").update({ Id: id, Title: "CTO" });
    expect(await connection.sobject("Contact").retrieve(id)).toMatchObject({
      Id: id,
      Name: "Ng",
      Title: "CTO",
      IsDeleted: false,
    });
    await connection.sobject("Contact").destroy(id);
    expect((await refusalOf(connection.sobject("Contact").retrieve(id))).errorCode).toBe("ENTITY_IS_DELETED");
    expect(salesforce.org.writes().map((write) => write.app)).toEqual(["Syncwarden", "Syncwarden"]);
  });

  it("refuse with the code, message and fields of the save", async () => {
    salesforce.org.seed("Contact", { LastName: "A", Email: "a@x.example" });
    salesforce.org.addRule({ kind: "duplicate", rule: { name: "Same", label: "Same", object: "Contact", matchField: "Email" } });
    const missing = await refusalOf(connection.sobject("Contact").create({ FirstName: "A" }));
    expect(missing.data).toEqual({
      message: "Required fields are missing: [LastName]",
      errorCode: "REQUIRED_FIELD_MISSING",
      fields: ["LastName"],
    });
    const duplicate = await refusalOf(connection.sobject("Contact").create({ LastName: "B", Email: "a@x.example" }));
    expect(duplicate.data).toMatchObject({ errorCode: "DUPLICATES_DETECTED", duplicateResut: { duplicateRule: "Same" } });
    const several = await refusalOf(connection.sobject("Contact").create({ LastName: "B", Email: "x", Title: "t".repeat(200) }));
    expect(several.errorCode).toBe("MULTIPLE_API_ERRORS");
  });

  it("are not overwritten where they changed since", async () => {
    const contact = salesforce.org.seed("Contact", { LastName: "A" });
    const answer = await fetch(`${salesforce.url}/services/data/v60.0/sobjects/Contact/${contact.id}`, {
      method: "PATCH",
      headers: {
        Authorization: `Bearer ${connection.accessToken}`,
        "Content-Type": "application/json",
        "If-Unmodified-Since": "Tue, 01 Jan 2019 00:00:00 GMT",
      },
      body: JSON.stringify({ Title: "x" }),
    });
    expect(answer.status).toBe(412);
    expect(salesforce.org.get("Contact", contact.id)?.fields.Title).toBeNull();
  });
});

describe("collections", () => {
  it("save each record by itself unless all or none is asked for", async () => {
    const records = [{ LastName: "A" }, { FirstName: "B" }, { LastName: "C" }];
    const each = await connection.sobject("Contact").create(records, { allOrNone: false });
    expect(each.map((result) => result.success)).toEqual([true, false, true]);
    expect(each[1]).toEqual({
      success: false,
      errors: [
        { statusCode: "REQUIRED_FIELD_MISSING", message: "Required fields are missing: [LastName]", fields: ["LastName"] },
      ],
    });
    const all = await connection.sobject("Contact").create(records, { allOrNone: true });
    expect(all.map((result) => result.errors[0])).toMatchObject([
      { statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" },
      { statusCode: "REQUIRED_FIELD_MISSING" },
      { statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" },
    ]);
    expect([...salesforce.org.records("Contact")]).toHaveLength(2);
  });

  it("take 200 records and give 2,000 by id, null for those that are gone", async () => {
    const record = { attributes: { type: "Contact" }, LastName: "A" };
    const refusal = await refusalOf(
      connection.requestPost("/composite/sobjects", { records: Array.from({ length: 201 }, () => record) }),
    );
    expect(refusal.errorCode).toBe("EXCEEDED_ID_LIMIT");
    const a = salesforce.org.seed("Contact", { LastName: "A" });
    const gone = salesforce.org.seed("Contact", { LastName: "B" });
    salesforce.org.remove({ userId: salesforce.org.integrationUser.id, app: "x" }, "Contact", gone.id);
    const found = await connection.requestPost("/composite/sobjects/Contact", {
      ids: [gone.id, a.id],
      fields: ["Id", "Account.Name"],
    });
    expect(found).toMatchObject([null, { Id: a.id, Account: null }]);
    const many = Array.from({ length: 2001 }, () => a.id);
    expect(
      (await refusalOf(connection.requestPost("/composite/sobjects/Contact", { ids: many, fields: ["Id"] }))).errorCode,
    ).toBe("EXCEEDED_ID_LIMIT");
  });
});

describe("a composite", () => {
  it("carries describes, queries and references in one call", async () => {
    const used = salesforce.org.state.apiRequests.used;
    const responses = await composite({
      compositeRequest: [
        { method: "POST", url: "/services/data/v60.0/sobjects/Account", referenceId: "acme", body: { Name: "Acme" } },
        {
          method: "POST",
          url: "/services/data/v60.0/sobjects/Contact",
          referenceId: "c",
          body: { LastName: "A", AccountId: "@{acme.id}" },
        },
        {
          method: "GET",
          url: "/services/data/v60.0/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{c.id}'",
          referenceId: "q",
        },
        { method: "GET", url: "/services/data/v60.0/sobjects/Contact/describe", referenceId: "d" },
        { method: "GET", url: "/services/data/v60.0/limits", referenceId: "l" },
        { method: "GET", url: "/services/data/v60.0/sobjects/Contact/@{nobody.id}", referenceId: "n" },
      ],
    });
    expect(responses.map((response) => response.httpStatusCode)).toEqual([201, 201, 200, 200, 400, 400]);
    expect(responses[2]?.body).toMatchObject({ records: [{ Account: { Name: "Acme" } }] });
    expect(responses[5]?.body).toMatchObject([{ errorCode: "PROCESSING_HALTED" }]);
    expect(salesforce.org.state.apiRequests.used).toBe(used + 1);
  });

  it("holds 25 subrequests, 5 of them queries or collections, each with a name of its own", async () => {
    const query = (referenceId: string) => ({
      method: "GET",
      url: "/services/data/v60.0/query?q=SELECT+Id+FROM+Lead",
      referenceId,
    });
    const record = (referenceId: string) => ({
      method: "GET",
      url: "/services/data/v60.0/sobjects/Contact/describe",
      referenceId,
    });
    const many = Array.from({ length: 26 }, (_, index) => record(`r${index}`));
    expect((await refusalOf(composite({ compositeRequest: many }))).errorCode).toBe("LIMIT_EXCEEDED");
    const queries = Array.from({ length: 6 }, (_, index) => query(`q${index}`));
    expect((await refusalOf(composite({ compositeRequest: queries }))).errorCode).toBe("LIMIT_EXCEEDED");
    expect((await refusalOf(composite({ compositeRequest: [query("a"), query("a")] }))).message).toContain("Duplicate");
  });
});

describe("picklists", () => {
  interface Described {
    readonly recordTypeInfos: readonly { readonly name: string; readonly recordTypeId: string }[];
    readonly fields: readonly {
      readonly name: string;
      readonly controllerName: string | null;
      readonly dependentPicklist: boolean;
      readonly picklistValues: readonly { readonly value: string; readonly label: string; readonly validFor: string | null }[];
    }[];
  }

  it("tell in a describe on what they depend, and in the User Interface API what a record type takes", async () => {
    const { org } = salesforce;
    org.switchOnStateCountryPicklists();
    const id = org.seed("RecordType", { Name: "Partner", DeveloperName: "Partner", SobjectType: "Contact" }).id;
    org.setRecordTypePicklist(id, "LeadSource", ["Web"]);
    const described = await connection.request<Described>("/services/data/v60.0/sobjects/Contact/describe");
    expect(described.recordTypeInfos.map(({ name }) => name)).toEqual(["Partner", "Master"]);
    const state = described.fields.find(({ name }) => name === "MailingStateCode");
    expect(state).toMatchObject({ controllerName: "MailingCountryCode", dependentPicklist: true });
    const countries = described.fields.find(({ name }) => name === "MailingCountryCode")?.picklistValues ?? [];
    const ontario = state?.picklistValues.find(({ label }) => label === "Ontario");
    const bits = [...Buffer.from(ontario?.validFor ?? "", "base64")].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    expect(bits.indexOf("1")).toBe(countries.findIndex(({ label }) => label === "Canada"));
    expect(bits.lastIndexOf("1")).toBe(bits.indexOf("1"));

    interface Picklists {
      readonly picklistFieldValues: Readonly<
        Record<string, { readonly values: readonly { readonly value: string; readonly validFor: readonly number[] }[] }>
      >;
    }
    const path = `/services/data/v60.0/ui-api/object-info/Contact/picklist-values/${id}`;
    const { picklistFieldValues } = await connection.request<Picklists>(path);
    expect(picklistFieldValues.LeadSource?.values.map(({ value }) => value)).toEqual(["Web"]);
    expect(picklistFieldValues.MailingStateCode?.values.find(({ value }) => value === "ON")?.validFor).toEqual([
      countries.findIndex(({ label }) => label === "Canada"),
    ]);
    const other = path.replace(id, "012000000000001AAA");
    expect((await refusalOf(connection.request(other))).errorCode).toBe("NOT_FOUND");
  });
});

describe("a rolled-back write", () => {
  function trial(ids: readonly string[], titles: readonly string[]): unknown {
    return {
      allOrNone: true,
      compositeRequest: [
        {
          method: "PATCH",
          url: "/services/data/v60.0/composite/sobjects",
          referenceId: "trial",
          body: {
            allOrNone: false,
            records: ids.map((id, index) => ({ attributes: { type: "Contact" }, id, Title: titles[index] })),
          },
        },
        { method: "PATCH", url: "/services/data/v60.0/sobjects/Contact/000000000000000", referenceId: "undo", body: {} },
      ],
    };
  }

  it.each(["every-failure", "first-failure"] as const)("leaves nothing behind where Salesforce shows %s", async (reading) => {
    const { org } = salesforce;
    org.state.rolledBackShows = reading;
    const ids = ["A", "B", "C", "D"].map((LastName) => org.seed("Contact", { LastName }).id);
    const before = JSON.stringify([...org.records("Contact")]);
    const since = new Date(Date.parse(String(org.get("Contact", ids.at(-1) ?? "")?.fields.SystemModstamp)) + 1);
    const long = "t".repeat(129);

    const [collection, last] = await composite(trial(ids, ["fine", long, "fine", long]));
    const results = (collection?.body ?? []) as { success: boolean; errors: { statusCode: string }[] }[];
    const codes = results.map((result) => result.errors[0]?.statusCode ?? result.success);
    expect(collection?.httpStatusCode).toBe(200);
    expect(codes).toEqual(
      reading === "every-failure"
        ? [true, "STRING_TOO_LONG", true, "STRING_TOO_LONG"]
        : ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "STRING_TOO_LONG", "PROCESSING_HALTED", "PROCESSING_HALTED"],
    );
    expect(last).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] });

    const [fine, failing] = await composite(trial(ids, ["fine", "fine", "fine", "fine"]));
    expect(fine).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] });
    expect(failing).toMatchObject({ httpStatusCode: 404, body: [{ errorCode: "NOT_FOUND" }] });

    expect(JSON.stringify([...org.records("Contact")])).toBe(before);
    expect(org.changedSince("Contact", since)).toEqual([]);
    expect(org.writes()).toEqual([]);
    const next = org.seed("Contact", { LastName: "E" }).id;
    expect(next > (ids.at(-1) ?? "")).toBe(true);
    expect(org.changedSince("Contact", new Date(0))).toHaveLength(5);
  });

  it("undoes creations and their ids too", async () => {
    const { org } = salesforce;
    const create = (referenceId: string, body: unknown) => ({
      method: "POST",
      url: "/services/data/v60.0/sobjects/Contact",
      referenceId,
      body,
    });
    const responses = await composite({
      allOrNone: true,
      compositeRequest: [create("a", { LastName: "A", Email: "a@x.example" }), create("b", {})],
    });
    expect(responses).toMatchObject([
      { body: [{ errorCode: "PROCESSING_HALTED" }] },
      { body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] },
    ]);
    expect([...org.records("Contact")]).toEqual([]);
    const saved = await connection.query("SELECT Id FROM Contact WHERE Email = 'a@x.example'");
    expect(saved.totalSize).toBe(0);
    const stamped = await connection.query("SELECT Id FROM Contact WHERE SystemModstamp > 2020-01-01T00:00:00Z");
    expect(stamped.totalSize).toBe(0);
  });
});

describe("logins", () => {
  function login(params: { grant_type: string; assertion?: string }): Promise<unknown> {
    const fresh = new Connection({ oauth2: { loginUrl: salesforce.url, ...CLIENT }, version: "60.0" });
    return fresh.authorize({ ...params });
  }

  it("name the user and the org", async () => {
    expect(connection.userInfo).toMatchObject({
      id: salesforce.org.integrationUser.id,
      organizationId: salesforce.org.organizationId,
    });
    const answer = await fetch(`${salesforce.url}/services/oauth2/userinfo`, {
      headers: { Authorization: `Bearer ${connection.accessToken}` },
    });
    expect(await answer.json()).toMatchObject({
      user_id: salesforce.org.integrationUser.id,
      organization_id: salesforce.org.organizationId,
    });
  });

  it("are refused for wrong clients, revoked access and inactive users", async () => {
    const wrong = await fetch(`${salesforce.url}/services/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials", client_id: "client", client_secret: "no" }),
    });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toEqual({ error: "invalid_client", error_description: "invalid client credentials" });
    salesforce.org.revokeAccess(true);
    expect(await refusalOf(login({ grant_type: "client_credentials" }))).toMatchObject({ name: "invalid_grant" });
    const refused = await fetch(`${salesforce.url}/services/data/v60.0/limits`, {
      headers: { Authorization: `Bearer ${connection.accessToken}` },
    });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual([{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }]);
    salesforce.org.restoreAccess();
    await login({ grant_type: "client_credentials" });
    salesforce.org.integrationUser.isActive = false;
    expect(await refusalOf(login({ grant_type: "client_credentials" }))).toMatchObject({
      name: "invalid_grant",
      message: "inactive user",
    });
  });

  it("take assertions that are signed for the client, and no others", async () => {
    const assertion = (key: typeof keys.privateKey, expires = "3 minutes") =>
      new SignJWT({ sub: salesforce.org.integrationUser.username })
        .setProtectedHeader({ alg: "RS256" })
        .setIssuer(CLIENT.clientId)
        .setAudience("https://login.salesforce.com")
        .setExpirationTime(expires)
        .sign(key);
    const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    await login({ grant_type, assertion: await assertion(keys.privateKey) });
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    expect(await refusalOf(login({ grant_type, assertion: await assertion(other) }))).toMatchObject({
      message: "invalid assertion",
    });
    expect(await refusalOf(login({ grant_type, assertion: await assertion(keys.privateKey, "-1 minute") }))).toMatchObject({
      message: "expired authorization code",
    });
  });

  it("work by username and password, by SOAP too", async () => {
    const { username } = salesforce.org.integrationUser;
    const old = new Connection({ loginUrl: salesforce.url, version: "60.0" });
    await old.login(username, "pass");
    expect(await old.query("SELECT Id FROM Contact")).toMatchObject({ totalSize: 0 });
    expect((await refusalOf(new Connection({ loginUrl: salesforce.url }).login(username, "wrong"))).message).toMatch(
      /^INVALID_LOGIN: /,
    );
  });
});

describe("limits", () => {
  it("come with every answer, and of their own", async () => {
    salesforce.org.state.apiRequests = Object.assign(salesforce.org.state.apiRequests, { max: 5000, used: 41 });
    await connection.query("SELECT Id FROM Contact");
    expect(connection.limitInfo.apiUsage).toEqual({ used: 42, limit: 5000 });
    expect(await connection.limits()).toMatchObject({
      DailyApiRequests: { Max: 5000, Remaining: 4957 },
      DataStorageMB: { Max: 10_240 },
    });
  });

  it("refuse calls when they are used up, and a URL of more than 16,384 characters", async () => {
    const query = `SELECT Id FROM Contact WHERE LastName = '${"x".repeat(16_400)}'`;
    const answer = await fetch(`${salesforce.url}/services/data/v60.0/query?q=${encodeURIComponent(query)}`, {
      headers: { Authorization: `Bearer ${connection.accessToken}` },
    });
    expect(answer.status).toBe(414);
    salesforce.org.state.apiRequests.used = salesforce.org.state.apiRequests.max;
    expect((await refusalOf(connection.query("SELECT Id FROM Contact"))).errorCode).toBe("REQUEST_LIMIT_EXCEEDED");
    const limits = await fetch(`${salesforce.url}/services/data/v60.0/limits`, {
      headers: { Authorization: `Bearer ${connection.accessToken}` },
    });
    expect(limits.status).toBe(403);
  });

  it("show a maintenance page instead of anything", async () => {
    salesforce.org.state.unavailable = "maintenance-page";
    const answer = await fetch(`${salesforce.url}/services/data/v60.0/limits`, { headers: { Authorization: "Bearer nobody" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "text/html; charset=UTF-8"]);
  });
});

describe("event logs", () => {
  it("have a row for each call, where the org has them at all", async () => {
    const query =
      "SELECT Id, LogDate, Interval, LogFileLength, LogFile FROM EventLogFile WHERE EventType = 'ApiTotalUsage' AND Interval = 'Hourly'";
    expect((await connection.query(query)).totalSize).toBe(0);
    salesforce.org.state.eventLogs = true;
    salesforce.org.addCalls("HubSpot", 2500);
    const { records } = await connection.query(query);
    const file = records.at(-1);
    const answer = await fetch(`${salesforce.url}${file?.LogFile}`, {
      headers: { Authorization: `Bearer ${connection.accessToken}` },
    });
    const csv = await answer.text();
    const lines = csv.trimEnd().split("\n");
    expect(lines[0]).toContain('"CONNECTED_APP_NAME"');
    expect(lines.filter((line) => line.includes('"HubSpot"'))).toHaveLength(2500);
    expect(lines.filter((line) => line.includes('"syncwarden/test"') && line.includes('"Syncwarden"')).length).toBeGreaterThan(1);
  });

  it("leave out a run that has no calls any more", async () => {
    salesforce.org.state.eventLogs = true;
    salesforce.org.addCalls("HubSpot", 5, new Date(Date.now() - 4 * 3_600_000));
    const run = salesforce.org.data.calls.runs().find(({ app }) => app === "HubSpot");
    if (run) run.count = 0;
    const query = "SELECT Id, LogDate FROM EventLogFile WHERE EventType = 'ApiTotalUsage' AND Interval = 'Hourly'";
    const { records } = await connection.query(query);
    const hours = records.map(({ LogDate }) => Date.parse(String(LogDate)));
    expect(hours.length).toBeGreaterThan(0);
    expect(hours).not.toContain(Math.floor((run?.minute ?? 0) / 3_600_000) * 3_600_000);
  });
});
