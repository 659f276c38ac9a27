import type { FieldType, GroupByClause, QueryBase } from "@jetstreamapp/soql-parser-js";
import type { ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue } from "../model.ts";
import { type Column, findColumn } from "./columns.ts";
import { type Comparison, type ConditionTree, conditionTree } from "./conditions.ts";
import { fieldFault, malformed } from "./faults.ts";
import { comparable, order } from "./filter.ts";
import { unquote } from "./literals.ts";
import type { RecordAnswer } from "./select.ts";
import type { QueryScope } from "./source.ts";

type Value = (rows: readonly Fields[]) => FieldValue;
type FunctionField = Extract<FieldType, { type: "FieldFunctionExpression" }>;

const AGGREGATES = new Set(["COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG"]);

export function isAggregate(query: QueryBase): boolean {
  if (query.groupBy !== undefined) return true;
  return (query.fields ?? []).some(
    (field) => field.type === "FieldFunctionExpression" && AGGREGATES.has(field.functionName.toUpperCase()),
  );
}

/** `SELECT COUNT() FROM …` answers a number alone. */
export function isPlainCount(query: QueryBase): boolean {
  const [field, ...more] = query.fields ?? [];
  return (
    more.length === 0 &&
    field?.type === "FieldFunctionExpression" &&
    field.functionName.toUpperCase() === "COUNT" &&
    field.parameters.length === 0
  );
}

function aggregateValue(query: string, functionName: string, column: Column | null): Value {
  const values = (rows: readonly Fields[]): FieldValue[] =>
    column === null ? [] : rows.map((row) => column.get(row)).filter((value) => value !== null);
  const sum = (rows: readonly Fields[]): number => values(rows).reduce<number>((total, value) => total + Number(value), 0);
  const extreme =
    (sign: 1 | -1): Value =>
    (rows) =>
      values(rows).reduce<FieldValue>((best, value) => (best === null || order(value, best) * sign > 0 ? value : best), null);
  switch (functionName.toUpperCase()) {
    case "COUNT":
      return (rows) => (column === null ? rows.length : values(rows).length);
    case "COUNT_DISTINCT":
      return (rows) => new Set(values(rows).map((value) => (column === null ? value : comparable(value, column)))).size;
    case "SUM":
      return (rows) => (values(rows).length === 0 ? null : sum(rows));
    case "AVG":
      return (rows) => (values(rows).length === 0 ? null : sum(rows) / values(rows).length);
    case "MIN":
      return extreme(-1);
    case "MAX":
      return extreme(1);
    default:
      throw malformed(query, functionName);
  }
}

/** The groups of a query with aggregate functions, as the API answers them. */
export function aggregateRows(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  parsed: QueryBase,
  rows: readonly Fields[],
): RecordAnswer[] {
  const groupClauses: readonly GroupByClause[] = parsed.groupBy === undefined ? [] : [parsed.groupBy].flat();
  const groupColumns = groupClauses.map((clause) => {
    if (!("field" in clause)) throw malformed(query, clause.fn.functionName ?? "GROUP");
    return findColumn(scope, query, object, clause.field);
  });
  let expressions = 0;
  const outputs = (parsed.fields ?? []).map((field) => {
    if (field.type === "FieldFunctionExpression") {
      const name = field.alias ?? `expr${expressions++}`;
      return { name, value: functionValue(scope, query, object, field) };
    }
    const path =
      field.type === "Field"
        ? field.field
        : field.type === "FieldRelationship"
          ? [...field.relationships, field.field].join(".")
          : "";
    const column = findColumn(scope, query, object, path);
    if (!groupColumns.some((grouped) => grouped.path.join(".") === column.path.join("."))) {
      throw fieldFault(query, path, `Field must be grouped or aggregated: ${column.field.name}`);
    }
    const alias = "alias" in field && typeof field.alias === "string" ? field.alias : column.field.name;
    return { name: alias, value: (group: readonly Fields[]) => (group[0] === undefined ? null : column.get(group[0])) };
  });

  const groups =
    groupColumns.length === 0
      ? [rows]
      : [
          ...Map.groupBy(rows, (row) =>
            JSON.stringify(groupColumns.map((column) => comparable(column.get(row), column))),
          ).values(),
        ];
  const kept = parsed.having === undefined ? groups : groups.filter(havingTest(scope, query, object, parsed.having));
  return kept.map((group) => {
    const answer: RecordAnswer = { attributes: { type: "AggregateResult" } };
    for (const { name, value } of outputs) answer[name] = value(group);
    return answer;
  });
}

function functionValue(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  field: Pick<FunctionField, "functionName" | "parameters">,
): Value {
  const parameter = field.parameters[0];
  const column = typeof parameter === "string" ? findColumn(scope, query, object, parameter) : null;
  return aggregateValue(query, field.functionName, column);
}

function havingTest(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  having: NonNullable<QueryBase["having"]>,
): (group: readonly Fields[]) => boolean {
  const test = (tree: ConditionTree): ((group: readonly Fields[]) => boolean) => {
    if (tree.kind === "not") {
      const inner = test(tree.operand);
      return (group) => !inner(group);
    }
    if (tree.kind !== "comparison") {
      const inner = tree.operands.map(test);
      return tree.kind === "and" ? (group) => inner.every((one) => one(group)) : (group) => inner.some((one) => one(group));
    }
    return comparisonTest(tree);
  };
  const comparisonTest = (comparison: Comparison): ((group: readonly Fields[]) => boolean) => {
    const call = /^(\w+)\((.*)\)$/.exec(comparison.left);
    const literal = comparison.values[0];
    if (call === null || literal === undefined) throw malformed(query, comparison.left);
    const parameters = call[2] === undefined || call[2] === "" ? [] : [call[2]];
    const value = functionValue(scope, query, object, { functionName: call[1] ?? "", parameters });
    const wanted = literal.type === "STRING" ? unquote(literal.text) : Number(literal.text);
    return (group) => {
      const found = value(group);
      if (found === null) return false;
      const difference = order(found, wanted);
      switch (comparison.operator) {
        case "=":
          return difference === 0;
        case "!=":
          return difference !== 0;
        case ">":
          return difference > 0;
        case ">=":
          return difference >= 0;
        case "<":
          return difference < 0;
        default:
          return difference <= 0;
      }
    };
  };
  return test(conditionTree(query, having));
}
