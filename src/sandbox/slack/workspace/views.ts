import { createHash } from "node:crypto";
import type { Block } from "../block-kit/stored.ts";
import { initialValues } from "./input-values.ts";
import type { JsonObject, SlackChange, SlackView } from "./model.ts";

export type ViewContent = JsonObject & { readonly blocks: readonly Block[] };

/** Modals that people have open (a stack each, the last on top) and their Home tabs. */
export interface Views {
  get(id: string): SlackView | undefined;
  byExternalId(externalId: string): SlackView | undefined;
  /** The open modals of a user, bottom first. */
  stackOf(user: string): readonly SlackView[];
  homeOf(user: string): SlackView | undefined;
  /** Opens a modal; another one that is open goes away. */
  open(user: string, content: ViewContent): SlackView;
  /** Opens a modal on top of the others. */
  push(user: string, content: ViewContent): SlackView;
  update(view: SlackView, content: ViewContent): SlackView;
  publish(user: string, content: ViewContent): SlackView;
  setValues(view: SlackView, values: SlackView["values"]): SlackView;
  /** Closes the top modal of a user, or all of them. */
  close(user: string, all: boolean): readonly SlackView[];
}

export function createViews(nextId: (prefix: string) => string, announce: (change: SlackChange) => void): Views {
  const stacks = new Map<string, SlackView[]>();
  const homes = new Map<string, SlackView>();
  let revision = 0;

  function hash(content: ViewContent): string {
    revision += 1;
    return `${revision}.${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8)}`;
  }

  function make(user: string, kind: SlackView["kind"], content: ViewContent, below: SlackView | undefined): SlackView {
    const id = nextId("V");
    return {
      id,
      hash: hash(content),
      kind,
      user,
      content,
      rootViewId: below?.rootViewId ?? id,
      previousViewId: below?.id ?? null,
      values: initialValues(content.blocks),
    };
  }

  function replace(view: SlackView): SlackView {
    if (view.kind === "home") {
      homes.set(view.user, view);
      announce({ kind: "home", user: view.user });
      return view;
    }
    const stack = stacks.get(view.user) ?? [];
    stacks.set(
      view.user,
      stack.map((one) => (one.id === view.id ? view : one)),
    );
    announce({ kind: "view", user: view.user, viewId: view.id });
    return view;
  }

  function all(): readonly SlackView[] {
    return [...[...stacks.values()].flat(), ...homes.values()];
  }

  function show(user: string, stack: SlackView[]): void {
    stacks.set(user, stack);
    announce({ kind: "view", user, viewId: stack.at(-1)?.id ?? null });
  }

  return {
    get: (id) => all().find((view) => view.id === id),
    byExternalId: (externalId) => all().find((view) => view.content.external_id === externalId),
    stackOf: (user) => stacks.get(user) ?? [],
    homeOf: (user) => homes.get(user),
    open(user, content) {
      const view = make(user, "modal", content, undefined);
      show(user, [view]);
      return view;
    },
    push(user, content) {
      const stack = stacks.get(user) ?? [];
      const view = make(user, "modal", content, stack.at(-1));
      show(user, [...stack, view]);
      return view;
    },
    update(view, content) {
      const kept = Object.fromEntries(
        Object.entries(view.values).filter(([id]) => content.blocks.some((block) => block.block_id === id)),
      );
      return replace({ ...view, content, hash: hash(content), values: { ...initialValues(content.blocks), ...kept } });
    },
    publish(user, content) {
      const known = homes.get(user);
      const fresh = make(user, "home", content, undefined);
      return replace(known === undefined ? fresh : { ...fresh, id: known.id, rootViewId: known.id });
    },
    setValues: (view, values) => replace({ ...view, values }),
    close(user, everything) {
      const stack = stacks.get(user) ?? [];
      const closed = everything ? stack : stack.slice(-1);
      if (closed.length > 0) show(user, everything ? [] : stack.slice(0, -1));
      return closed;
    },
  };
}
