/** Where the reader is. */
export type Where =
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "home" }
  | { readonly kind: "records"; readonly system: string; readonly object: string; readonly search: string }
  | { readonly kind: "record"; readonly system: string; readonly object: string; readonly id: string };

export interface State {
  readonly user: string;
  readonly where: Where;
  /** The thread that is open, by the ts of its first message. */
  readonly thread: string | null;
}

type Listener = (state: State, before: State) => void;

const listeners: Listener[] = [];

let current: State = { user: localStorage.getItem("user") ?? "U0ADMIN", where: whereOf(location.hash), thread: null };

export function state(): State {
  return current;
}

/** Moves on, and tells everyone who listens. */
export function change(next: Partial<State>): void {
  const before = current;
  current = { ...current, ...next };
  localStorage.setItem("user", current.user);
  for (const listener of listeners) listener(current, before);
}

export function onChange(listener: Listener): void {
  listeners.push(listener);
}

/** The address decides where the reader is, so that back and forward work. */
export function followAddress(): void {
  addEventListener("hashchange", () => {
    if (/^#(?:[CD]\w+|home|records?\/.*)$/.test(location.hash)) change({ where: whereOf(location.hash), thread: null });
  });
}

export function addressOf(where: Where): string {
  if (where.kind === "channel") return `#${where.id}`;
  if (where.kind === "home") return "#home";
  if (where.kind === "record") return `#record/${where.system}/${where.object}/${encodeURIComponent(where.id)}`;
  const search = where.search === "" ? "" : `/${encodeURIComponent(where.search)}`;
  return `#records/${where.system}/${where.object}${search}`;
}

function whereOf(hash: string): Where {
  if (hash === "#home") return { kind: "home" };
  const [, system, object, search] = /^#records\/(\w+)\/(\w+)(?:\/(.*))?$/.exec(hash) ?? [];
  if (system !== undefined && object !== undefined) {
    return { kind: "records", system, object, search: decodeURIComponent(search ?? "") };
  }
  const [, recordSystem, recordObject, id] = /^#record\/(\w+)\/(\w+)\/(\w+)$/.exec(hash) ?? [];
  if (recordSystem !== undefined && recordObject !== undefined && id !== undefined) {
    return { kind: "record", system: recordSystem, object: recordObject, id };
  }
  return { kind: "channel", id: /^#([CD]\w+)$/.exec(hash)?.[1] ?? "C0REVOPS" };
}
