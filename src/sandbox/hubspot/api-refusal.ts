import { randomUUID } from "node:crypto";
import type { AccountRefusal } from "./model.ts";

/** A request that HubSpot answers with an error. Thrown by routes, answered in one place. */
export class ApiRefusal extends Error {
  readonly refusal: AccountRefusal;
  readonly links: Readonly<Record<string, string>> | undefined;

  constructor(refusal: AccountRefusal, links?: Readonly<Record<string, string>>) {
    super(refusal.message);
    this.refusal = refusal;
    this.links = links;
  }
}

/** A body as HubSpot's `Error` model, which real answers extend by `status`. */
export function errorBody(refusal: AccountRefusal, links?: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return {
    status: "error",
    message: refusal.message,
    correlationId: randomUUID(),
    ...(refusal.context ? { context: refusal.context } : {}),
    ...(refusal.errors ? { errors: refusal.errors } : {}),
    ...(links ? { links } : {}),
    category: refusal.category,
  };
}

/** 400 VALIDATION_ERROR for a request that is itself at fault. */
export function invalidRequest(message: string, context?: Readonly<Record<string, readonly string[]>>): ApiRefusal {
  return new ApiRefusal({ status: 400, category: "VALIDATION_ERROR", message, ...(context ? { context } : {}) });
}

export function notFound(message: string): ApiRefusal {
  return new ApiRefusal({ status: 404, category: "OBJECT_NOT_FOUND", message });
}
