import { refuse } from "./refusal.ts";

export type TokenKind = "bot" | "app";

/** A revoked token or a removed app refuses every call. */
export type TokenState = "active" | "token_revoked" | "account_inactive" | "invalid_auth";

export interface Tokens {
  /** What a token is for; refuses where it is missing, unknown or no longer good. */
  check(token: string | undefined): TokenKind;
  set(kind: TokenKind, state: TokenState): void;
  stateOf(kind: TokenKind): TokenState;
}

export function createTokens(tokens: Readonly<Record<TokenKind, string>>): Tokens {
  const states: Record<TokenKind, TokenState> = { bot: "active", app: "active" };
  return {
    check(token) {
      if (token === undefined || token === "") return refuse("not_authed");
      const kind = token === tokens.bot ? "bot" : token === tokens.app ? "app" : refuse("invalid_auth");
      const state = states[kind];
      return state === "active" ? kind : refuse(state);
    },
    set(kind, state) {
      states[kind] = state;
    },
    stateOf: (kind) => states[kind],
  };
}
