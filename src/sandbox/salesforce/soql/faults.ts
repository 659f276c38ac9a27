import { ApiError, noSuchColumn, unsupportedObject } from "../errors.ts";

/** Where in a query a name stands (from 0), as a word of its own; 0 where it can't be found. */
function positionOf(query: string, name: string, after = 0): number {
  const word = new RegExp(`(?<![\\w.])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w])`, "i");
  const at = query.slice(after).search(word);
  return at === -1 ? 0 : at + after;
}

/** Salesforce's own form: a piece of the query, a caret under the fault, its row and column, then what is wrong. */
function located(query: string, at: number, message: string): string {
  const from = Math.max(0, at - 30);
  const piece = query.slice(from, at + 30).replaceAll("\n", " ");
  return `\n${piece}\n${" ".repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n${message}`;
}

export function invalidType(query: string, name: string): ApiError {
  return new ApiError(
    400,
    "INVALID_TYPE",
    located(query, positionOf(query, name, query.search(/\bfrom\b/i)), unsupportedObject(name)),
  );
}

export function invalidField(query: string, path: string, object: string): ApiError {
  const column = path.split(".").at(-1) ?? path;
  return new ApiError(400, "INVALID_FIELD", located(query, positionOf(query, path), noSuchColumn(column, object)));
}

export function invalidRelationship(query: string, path: string, relationship: string): ApiError {
  return new ApiError(
    400,
    "INVALID_FIELD",
    located(
      query,
      positionOf(query, path),
      `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    ),
  );
}

export function fieldFault(query: string, path: string, message: string): ApiError {
  return new ApiError(400, "INVALID_FIELD", located(query, positionOf(query, path), message));
}

export function malformed(query: string, token: string, message = `unexpected token: '${token}'`): ApiError {
  const at = token === "<EOF>" ? query.length : positionOf(query, token);
  return new ApiError(400, "MALFORMED_QUERY", located(query, at, message));
}

/** The parser's message names the token it did not expect. */
export function parseFault(query: string, error: unknown): ApiError {
  const message = error instanceof Error ? error.message : String(error);
  const found = /but found(?: -->|:)\s*'([^']*)'/.exec(message)?.[1];
  return malformed(query, found === undefined || found === "" ? "<EOF>" : found);
}
