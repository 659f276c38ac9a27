import { type OrderByClause, parseQuery, type Query, type QueryBase, type Subquery } from "@jetstreamapp/soql-parser-js";
import { ApiError } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import type { ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue } from "../model.ts";
import { parseDateTime } from "../timestamps.ts";
import { aggregateRows, isAggregate, isPlainCount } from "./aggregate.ts";
import { type Column, findColumn } from "./columns.ts";
import { type Comparison, type ConditionTree, conditionTree } from "./conditions.ts";
import { invalidType, malformed, parseFault } from "./faults.ts";
import { comparable, filterTest, order, type Test } from "./filter.ts";
import { unquote } from "./literals.ts";
import { childOf, type Projection, projection, type RecordAnswer } from "./select.ts";
import type { QueryScope, Source } from "./source.ts";

/** Characters of one SOQL statement. */
const MAX_LENGTH = 100_000;
const MAX_OFFSET = 2000;

/** What a query found, not yet turned into answers: pages are made as they are fetched. */
export interface QueryResult {
  readonly total: number;
  page(from: number, size: number): readonly RecordAnswer[];
}

/** Parses and runs a query. Throws `ApiError` with Salesforce's codes and wording. */
export function runQuery(scope: QueryScope, query: string, version: string): QueryResult {
  if (query.length > MAX_LENGTH) {
    throw new ApiError(400, "MALFORMED_QUERY", `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  }
  let parsed: Query;
  try {
    parsed = parseQuery(query);
  } catch (error) {
    throw parseFault(query, error);
  }
  const source = sourceOf(scope, query, parsed);
  const rows = select(scope, query, source, parsed);
  if (isPlainCount(parsed)) return { total: rows.length, page: () => [] };
  if (isAggregate(parsed)) {
    const groups = aggregateRows(scope, query, source.object, parsed, rows);
    return { total: groups.length, page: (from, size) => groups.slice(from, from + size) };
  }
  const project = projectionOf(scope, query, source.object, parsed, version);
  return { total: rows.length, page: (from, size) => rows.slice(from, from + size).map(project) };
}

function sourceOf(scope: QueryScope, query: string, parsed: Query): Source {
  const name = parsed.sObject ?? "";
  const source = scope.source(name);
  if (source === null) throw invalidType(query, name);
  return source;
}

/** The rows that a query means: filtered, sorted, cut. */
function select(
  scope: QueryScope,
  query: string,
  source: Source,
  parsed: QueryBase,
  among?: Iterable<Fields>,
): readonly Fields[] {
  const tree = parsed.where === undefined ? null : conditionTree(query, parsed.where);
  const inner = (comparison: Comparison): ReadonlySet<FieldValue> => semiJoin(scope, query, comparison);
  const test: Test = tree === null ? () => true : filterTest(scope, query, source.object, tree, inner);
  let rows: Fields[] = [];
  for (const row of among ?? candidates(source, tree)) if (test(row)) rows.push(row);
  if (!isAggregate(parsed)) sort(scope, query, source.object, rows, parsed.orderBy);
  if ((parsed.offset ?? 0) > MAX_OFFSET) {
    throw new ApiError(400, "NUMBER_OUTSIDE_VALID_RANGE", `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  if (parsed.offset !== undefined) rows = rows.slice(parsed.offset);
  if (parsed.limit !== undefined) rows = rows.slice(0, parsed.limit);
  return rows;
}

/** The fewest rows that can hold the answer: by id, by an indexed value, by time of change, or all. */
function candidates(source: Source, tree: ConditionTree | null): Iterable<Fields> {
  const needed = tree === null ? [] : tree.kind === "and" ? tree.operands : [tree];
  const comparisons = needed.filter((one) => one.kind === "comparison").filter((one) => one.subquery === null);
  for (const { left, operator, values } of comparisons) {
    if ((operator !== "=" && operator !== "IN") || values.some((value) => value.type !== "STRING")) continue;
    const texts = [...new Set(values.map((value) => unquote(value.text)))];
    if (left.toLowerCase() === "id")
      return texts.map((text) => source.byId(normalizeId(text) ?? text)).filter((row) => row !== undefined);
    const found = texts.map((text) => source.withValue(left, text));
    if (found.every((rows) => rows !== null)) return new Set(found.flatMap((rows) => [...rows]));
  }
  for (const { left, operator, values } of comparisons) {
    if (left.toLowerCase() !== "systemmodstamp" || (operator !== ">" && operator !== ">=")) continue;
    const stamp = values[0]?.type === "DATETIME" ? parseDateTime(values[0].text) : null;
    const found = stamp === null ? null : source.since(stamp);
    if (found !== null) return found;
  }
  return source.all();
}

function semiJoin(scope: QueryScope, query: string, comparison: Comparison): ReadonlySet<FieldValue> {
  const parsed = comparison.subquery;
  const [field, ...more] = parsed?.fields ?? [];
  if (parsed === null || field?.type !== "Field" || more.length > 0) throw malformed(query, "SELECT");
  const source = sourceOf(scope, query, parsed);
  const column = findColumn(scope, query, source.object, field.field);
  return new Set(select(scope, query, source, parsed).map((row) => column.get(row)));
}

/** Blanks come first unless the query says otherwise. */
function sort(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  rows: Fields[],
  orderBy: OrderByClause | OrderByClause[] | undefined,
): void {
  if (orderBy === undefined) return;
  const keys = [orderBy].flat().map((clause) => {
    if (!("field" in clause)) throw malformed(query, clause.fn.functionName ?? "ORDER");
    const column: Column = findColumn(scope, query, object, clause.field);
    return { column, sign: clause.order === "DESC" ? -1 : 1, blank: clause.nulls === "LAST" ? 1 : -1 };
  });
  rows.sort((a, b) => {
    for (const { column, sign, blank } of keys) {
      const [left, right] = [comparable(column.get(a), column), comparable(column.get(b), column)];
      if (left === right) continue;
      if (left === null) return blank;
      if (right === null) return -blank;
      const difference = order(left, right) * sign;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function projectionOf(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  parsed: QueryBase,
  version: string,
): Projection {
  const fields = parsed.fields ?? [];
  const everything = fields.some(
    (field) => field.type === "FieldFunctionExpression" && /^(ALL|CUSTOM)$/i.test(String(field.parameters[0])),
  );
  if (everything && (parsed.limit === undefined || parsed.limit > 200)) {
    throw malformed(query, "FIELDS", "The SOQL FIELDS function must have a LIMIT of at most 200");
  }
  return projection(scope, query, object, fields, {
    version,
    children: (field) => childQuery(scope, query, object, field.subquery, version),
  });
}

function childQuery(scope: QueryScope, query: string, parent: ObjectDefinition, parsed: Subquery, version: string) {
  const child = childOf(scope, parent, parsed.relationshipName);
  const source = scope.source(child.object.name);
  if (source === null) throw invalidType(query, child.object.name);
  const { limit, ...unlimited } = parsed;
  const rows = select(scope, query, source, unlimited);
  const byParent = Map.groupBy(rows, (row) => row[child.field] ?? null);
  const project = projectionOf(scope, query, child.object, parsed, version);
  const run = (row: Fields): unknown => {
    const children = (byParent.get(row.Id ?? null) ?? []).slice(0, limit);
    return children.length === 0 ? null : { totalSize: children.length, done: true, records: children.map(project) };
  };
  return { name: child.name, run };
}
