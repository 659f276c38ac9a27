import type { ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue } from "../model.ts";
import { type Column, findColumn } from "./columns.ts";
import type { Comparison, ConditionTree } from "./conditions.ts";
import { fieldFault, malformed } from "./faults.ts";
import { type Operand, operandOf } from "./literals.ts";
import type { QueryScope } from "./source.ts";

export type Test = (row: Fields) => boolean;

/** Runs a semi-join's inner query: the values of its one field. */
export type InnerQuery = (comparison: Comparison) => ReadonlySet<FieldValue>;

/** SOQL compares texts without regard to case, ids exactly. */
export function comparable(value: FieldValue, column: Column): FieldValue {
  return typeof value === "string" && column.field.type !== "id" && column.field.type !== "reference"
    ? value.toLowerCase()
    : value;
}

export function order(a: FieldValue, b: FieldValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function filterTest(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  tree: ConditionTree,
  inner: InnerQuery,
): Test {
  switch (tree.kind) {
    case "and": {
      const tests = tree.operands.map((operand) => filterTest(scope, query, object, operand, inner));
      return (row) => tests.every((test) => test(row));
    }
    case "or": {
      const tests = tree.operands.map((operand) => filterTest(scope, query, object, operand, inner));
      return (row) => tests.some((test) => test(row));
    }
    case "not": {
      const test = filterTest(scope, query, object, tree.operand, inner);
      return (row) => !test(row);
    }
    case "comparison":
      return comparisonTest(scope, query, findColumn(scope, query, object, tree.left), tree, inner);
  }
}

function comparisonTest(scope: QueryScope, query: string, column: Column, comparison: Comparison, inner: InnerQuery): Test {
  const { operator } = comparison;
  const path = column.path.join(".");
  if (column.field.type === "address" || (column.field.type === "textarea" && (column.field.length ?? 0) > 255)) {
    throw fieldFault(query, path, `field '${column.field.name}' can not be filtered in a query call`);
  }
  if (comparison.subquery !== null) {
    const found = inner(comparison);
    return operator === "NOT IN" ? (row) => !found.has(column.get(row)) : (row) => found.has(column.get(row));
  }
  const operands = comparison.values.map((literal) => operandOf(query, path, column.field, literal, scope.data.now()));
  if (operator === "IN" || operator === "NOT IN") {
    if (!comparison.list) throw malformed(query, comparison.values[0]?.text ?? "<EOF>");
    const values = new Set(operands.map((operand) => ("value" in operand ? comparable(operand.value, column) : null)));
    const has: Test = (row) => values.has(comparable(column.get(row), column));
    return operator === "IN" ? has : (row) => !has(row);
  }
  if (operator === "INCLUDES" || operator === "EXCLUDES") return choicesTest(column, operator, operands);
  const operand = operands[0];
  if (operand === undefined) throw malformed(query, "<EOF>");
  if (operator === "LIKE") return likeTest(query, column, operand);
  return singleTest(query, column, operator, operand);
}

function choicesTest(column: Column, operator: "INCLUDES" | "EXCLUDES", operands: readonly Operand[]): Test {
  const sets = operands.map((operand) => ("value" in operand ? String(operand.value).toLowerCase().split(";") : []));
  const includes: Test = (row) => {
    const chosen = new Set(
      String(column.get(row) ?? "")
        .toLowerCase()
        .split(";"),
    );
    return sets.some((set) => set.every((one) => chosen.has(one)));
  };
  return operator === "INCLUDES" ? includes : (row) => !includes(row);
}

function likeTest(query: string, column: Column, operand: Operand): Test {
  if (!("value" in operand) || typeof operand.value !== "string") throw malformed(query, "LIKE");
  const source = operand.value.replace(/\\([%_])|%|_|[.*+?^${}()|[\]\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (found === "%") return "[\\s\\S]*";
    return found === "_" ? "[\\s\\S]" : `\\${found}`;
  });
  const pattern = new RegExp(`^${source}$`, "i");
  return (row) => pattern.test(String(column.get(row) ?? ""));
}

function singleTest(query: string, column: Column, operator: string, operand: Operand): Test {
  if ("span" in operand) return spanTest(query, column, operator, operand.span);
  const wanted = comparable(operand.value, column);
  const value: (row: Fields) => FieldValue = (row) => comparable(column.get(row), column);
  const known =
    (test: (found: FieldValue) => boolean): Test =>
    (row) => {
      const found = value(row);
      return found !== null && wanted !== null && test(found);
    };
  switch (operator) {
    case "=":
      // An empty text is null in Salesforce.
      return (row) => (value(row) ?? "") === (wanted ?? "");
    case "!=":
      return (row) => (value(row) ?? "") !== (wanted ?? "");
    case "<":
      return known((found) => order(found, wanted) < 0);
    case "<=":
      return known((found) => order(found, wanted) <= 0);
    case ">":
      return known((found) => order(found, wanted) > 0);
    case ">=":
      return known((found) => order(found, wanted) >= 0);
    default:
      throw malformed(query, operator);
  }
}

function spanTest(query: string, column: Column, operator: string, span: { readonly from: number; readonly to: number }): Test {
  const test = (compare: (at: number) => boolean): Test => {
    return (row) => {
      const value = column.get(row);
      return typeof value === "string" && compare(Date.parse(value));
    };
  };
  switch (operator) {
    case "=":
      return test((at) => at >= span.from && at < span.to);
    case "!=":
      return test((at) => at < span.from || at >= span.to);
    case "<":
      return test((at) => at < span.from);
    case "<=":
      return test((at) => at < span.to);
    case ">":
      return test((at) => at >= span.to);
    case ">=":
      return test((at) => at >= span.from);
    default:
      throw malformed(query, operator);
  }
}
