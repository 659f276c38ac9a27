import { Hono } from "hono";
import { outage } from "../connection.ts";
import type { OrgData } from "../org-data.ts";
import type { LoginOptions } from "./oauth.ts";
import type { Sessions } from "./sessions.ts";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function element(xml: string, name: string): string {
  const found = new RegExp(`<(?:\\w+:)?${name}>([^<]*)</`).exec(xml)?.[1] ?? "";
  return found.replace(/&(amp|lt|gt|quot|apos);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

function fault(code: string, message: string): string {
  return envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${message}</faultstring></soapenv:Fault>`,
  );
}

/** Login and logout by SOAP, as old orgs and jsforce's username-password login use them. */
export function createSoapLogin(data: OrgData, sessions: Sessions, options: LoginOptions, origin: (url: string) => string): Hono {
  const app = new Hono();
  app.post("/services/Soap/u/:version", async (c) => {
    const xml = (body: string, status: 200 | 500) => c.body(body, status, { "Content-Type": "text/xml; charset=utf-8" });
    const down = outage(data.state);
    if (down !== null) {
      return typeof down.body === "string"
        ? c.html(down.body, 503)
        : xml(fault(down.code, "The service is not available right now."), 500);
    }
    const body = await c.req.text();
    if (/<(?:\w+:)?logout\b/.test(body)) {
      sessions.end(element(body, "sessionId"));
      return xml(envelope("<logoutResponse/>"), 200);
    }
    const user = data.users.find((candidate) => candidate.username === element(body, "username"));
    const refused = user === data.integrationUser && data.access.loginsRefused;
    if (user === undefined || !user.isActive || refused || element(body, "password") !== options.password) {
      const message = "Invalid username, password, security token; or user locked out.";
      return xml(fault("INVALID_LOGIN", message), 500);
    }
    if (data.state.apiDisabled)
      return xml(fault("API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner"), 500);
    if (user === data.integrationUser && !data.rights.apiEnabled) {
      return xml(fault("API_CURRENTLY_DISABLED", "API is disabled for this User"), 500);
    }
    const client = /client=([^,\s]+)/.exec(c.req.header("sforce-call-options") ?? "")?.[1] ?? "";
    const sessionId = sessions.begin(user, client);
    const serverUrl = `${origin(c.req.url)}/services/Soap/u/${c.req.param("version")}/${data.organizationId.slice(0, 15)}`;
    return xml(
      envelope(
        `<loginResponse><result><passwordExpired>false</passwordExpired><sandbox>false</sandbox><serverUrl>${serverUrl}</serverUrl><sessionId>${sessionId}</sessionId><userId>${user.id}</userId><userInfo><organizationId>${data.organizationId}</organizationId><userId>${user.id}</userId></userInfo></result></loginResponse>`,
      ),
      200,
    );
  });
  return app;
}
