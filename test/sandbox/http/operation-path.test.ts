import { describe, expect, it } from "vitest";
import { operationPath } from "../../../src/sandbox/http/calls.ts";
import { redact } from "../../../src/sandbox/http/redact.ts";

describe("operationPath", () => {
  it.each([
    ["/crm/v3/objects/contacts/51001", "/crm/v3/objects/contacts/{id}"],
    ["/crm/v3/objects/contacts/batch/read", "/crm/v3/objects/contacts/batch/read"],
    ["/services/data/v60.0/sobjects/Lead/00QgK000001csX5QAI", "/services/data/v60.0/sobjects/Lead/{id}"],
    ["/services/data/v60.0/query/0r8gK000001csX5-2000", "/services/data/v60.0/query/{id}"],
    ["/services/data/v60.0/composite/sobjects/Opportunity", "/services/data/v60.0/composite/sobjects/Opportunity"],
    ["/api/chat.postMessage", "/api/chat.postMessage"],
  ])("%s is %s", (path, operation) => {
    expect(operationPath(path)).toBe(operation);
  });
});

describe("redact", () => {
  it("takes secrets out by name and by form, and nothing else", () => {
    const value = {
      access_token: "abc",
      client_secret: "def",
      text: "token xoxb-1-2 is pat-na1-3",
      url: "wss://host/link?ticket=4&app_id=5",
      nested: [{ password: "6", name: "Token Ltd" }],
    };
    expect(redact(value)).toEqual({
      access_token: "[redacted]",
      client_secret: "[redacted]",
      text: "token [redacted] is [redacted]",
      url: "wss://host/link?ticket=[redacted]&app_id=5",
      nested: [{ password: "[redacted]", name: "Token Ltd" }],
    });
  });
});
