import type { SaveError } from "./model.ts";

/** A refusal of a request, with its HTTP status and body as Salesforce sends them. Thrown inside the API, answered at its edge. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | null;

  constructor(status: number, errorCode: string, message: string, fields: readonly string[] | null = null) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  get body(): unknown {
    return [{ message: this.message, errorCode: this.errorCode, ...(this.fields === null ? {} : { fields: this.fields }) }];
  }
}

const USE_SUFFIX = (kind: "object" | "field") =>
  kind === "object"
    ? "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
    : "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

export function saveError(
  statusCode: string,
  message: string,
  fields: readonly string[] = [],
  extra?: Readonly<Record<string, unknown>>,
): SaveError {
  return extra === undefined ? { statusCode, message, fields } : { statusCode, message, fields, extra };
}

export function unsupportedObject(name: string): string {
  return `sObject type '${name}' is not supported. ${USE_SUFFIX("object")}`;
}

export function noSuchColumn(field: string, object: string): string {
  return `No such column '${field}' on entity '${object}'. ${USE_SUFFIX("field")}`;
}

export function notFound(message = "The requested resource does not exist"): ApiError {
  return new ApiError(404, "NOT_FOUND", message);
}

/** Single saves answer 400 unless the record is gone, hidden or the user lacks the right. */
export function statusOf(error: SaveError): number {
  switch (error.statusCode) {
    case "NOT_FOUND":
    case "ENTITY_IS_DELETED":
      return 404;
    case "INSUFFICIENT_ACCESS_OR_READONLY":
    case "ENTITY_IS_LOCKED":
      return 403;
    default:
      return 400;
  }
}
