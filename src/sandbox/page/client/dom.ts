/** An element of the document that must be there. */
export function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} #${id}`);
}

type Attributes = Readonly<Record<string, string | boolean>>;

/** A new element; text goes in as text, never as HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Replaces what is in a container only where that changes something, so that focus and selection stay. */
export function fill(container: HTMLElement, ...children: readonly (Node | string | null)[]): void {
  const fresh = document.createElement(container.tagName);
  fresh.append(...children.filter((child) => child !== null));
  if (fresh.innerHTML !== container.innerHTML) container.replaceChildren(...fresh.childNodes);
}
