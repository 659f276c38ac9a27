import type { Condition, ConditionWithValueQuery, Query, WhereClause } from "@jetstreamapp/soql-parser-js";
import { malformed } from "./faults.ts";

/** One comparison of a WHERE or HAVING clause, as the parser found it. */
export interface Comparison {
  readonly kind: "comparison";
  /** The field, or the text of an aggregate function in HAVING. */
  readonly left: string;
  readonly operator: string;
  readonly values: readonly { readonly text: string; readonly type: string }[];
  readonly list: boolean;
  readonly subquery: Query | null;
}

export type ConditionTree =
  | Comparison
  | { readonly kind: "not"; readonly operand: ConditionTree }
  | { readonly kind: "and" | "or"; readonly operands: readonly ConditionTree[] };

type Token = "(" | ")" | "NOT" | "AND" | "OR" | Comparison;

/** The parser answers a flat chain with counts of parentheses; this gives it the shape that it means. */
export function conditionTree(query: string, clause: WhereClause): ConditionTree {
  const tokens = tokensOf(clause);
  let at = 0;

  function term(): ConditionTree {
    const token = tokens[at++];
    if (token === "NOT") return { kind: "not", operand: term() };
    if (token === "(") {
      const inner = expression();
      if (tokens[at++] !== ")") throw malformed(query, "<EOF>");
      return inner;
    }
    if (token === undefined || typeof token === "string") throw malformed(query, token ?? "<EOF>");
    return token;
  }

  function expression(): ConditionTree {
    const operands = [term()];
    const operator = tokens[at];
    if (operator !== "AND" && operator !== "OR") return operands[0] as ConditionTree;
    while (tokens[at] === operator) {
      at += 1;
      operands.push(term());
    }
    // Salesforce wants parentheses where AND and OR meet.
    const other = tokens[at];
    if (other === "AND" || other === "OR") throw malformed(query, other);
    return { kind: operator === "AND" ? "and" : "or", operands };
  }

  const tree = expression();
  if (at < tokens.length) throw malformed(query, ")");
  return tree;
}

function tokensOf(clause: WhereClause): Token[] {
  const tokens: Token[] = [];
  let current: WhereClause | null = clause;
  while (current !== null) {
    const { left } = current;
    const operator: string | undefined = "operator" in current ? current.operator : undefined;
    if (left !== null && "operator" in left) {
      for (let open = left.openParen ?? 0; open > 0; open--) tokens.push("(");
      tokens.push(comparisonOf(left));
      for (let close = left.closeParen ?? 0; close > 0; close--) tokens.push(")");
    } else {
      for (let open = left?.openParen ?? 0; open > 0; open--) tokens.push("(");
    }
    if (operator === "NOT" || operator === "AND" || operator === "OR") tokens.push(operator);
    current = "right" in current ? current.right : null;
  }
  return tokens;
}

function comparisonOf(
  condition: Exclude<ConditionWithValueQuery | Condition, { openParen: number; operator?: never }>,
): Comparison {
  const left = "fn" in condition ? (condition.fn.rawValue ?? "") : "field" in condition ? condition.field : "";
  const operator = "operator" in condition ? condition.operator : "=";
  if ("valueQuery" in condition) {
    return { kind: "comparison", left, operator, values: [], list: true, subquery: condition.valueQuery };
  }
  const value = "value" in condition ? condition.value : "";
  const types = "literalType" in condition ? condition.literalType : undefined;
  const texts: readonly string[] = Array.isArray(value) ? value : [value];
  const values = texts.map((text, index) => ({ text, type: String((Array.isArray(types) ? types[index] : types) ?? "STRING") }));
  return { kind: "comparison", left, operator, values, list: Array.isArray(value), subquery: null };
}
