import type { WorldState } from "../../control/control.ts";
import { element, fill, make } from "./dom.ts";
import { mendAll, type Playable, play } from "./play.ts";

interface Card {
  readonly item: HTMLElement;
  readonly breakButton: HTMLButtonElement;
  readonly mendButton: HTMLButtonElement;
  readonly words: string;
}

interface Group {
  readonly title: string;
  readonly hint: string;
  readonly isOpen?: boolean;
  readonly holds: (id: string) => boolean;
}

/** What a newcomer sees at once: one of each kind, and such as happen to everyone. */
const FIRST: readonly string[] = [
  "suspension/sf-api-limit-exceeded",
  "suspension/sf-field-permissions-missing",
  "error/custom-code/custom-validation-rule",
  "error/picklists/restricted-picklist-value",
  "warning/calls-running-out",
];

const GROUPS: readonly Group[] = [
  { title: "Good to try first", hint: "one of each kind", isOpen: true, holds: (id) => FIRST.includes(id) },
  { title: "The whole sync stops", hint: "suspensions", holds: starts("suspension/") },
  { title: "Rules, triggers and flows", hint: "sync errors", holds: starts("error/custom-code/") },
  { title: "Picklists, owners and stages", hint: "sync errors", holds: starts("error/picklists/") },
  { title: "Values that don't fit", hint: "sync errors", holds: starts("error/property-values/") },
  { title: "Mappings of the wrong kind", hint: "sync errors", holds: starts("error/property-mappings/") },
  { title: "Duplicates", hint: "sync errors", holds: starts("error/duplicates/") },
  { title: "Missing rights", hint: "sync errors", holds: starts("error/permissions/") },
  { title: "Companies and their people", hint: "sync errors", holds: starts("error/associations/") },
  { title: "Other refusals", hint: "sync errors", holds: starts("error/") },
  { title: "Ahead of time", hint: "nothing has stopped yet", holds: starts("warning/") },
  { title: "Network and services", hint: "faults between Syncwarden and the world", holds: starts("fault/") },
];

const cards = new Map<string, Card>();
const groups = new Map<string, { readonly frame: HTMLDetailsElement; readonly list: HTMLElement; readonly count: HTMLElement }>();

function starts(beginning: string): (id: string) => boolean {
  return (id) => id.startsWith(beginning);
}

export function startScenarios(): void {
  element("find-scenario", HTMLInputElement).addEventListener("input", find);
}

/** All that can be broken, in groups, with what is broken now. */
export function showScenarios({ scenarios, faultStories }: WorldState, onDone: () => void): void {
  const all: readonly Playable[] = [...scenarios, ...faultStories.map((fault) => ({ ...fault, id: `fault/${fault.id}` }))];
  for (const one of all) {
    const card = cards.get(one.id) ?? createCard(one, onDone);
    card.item.classList.toggle("scenario-active", one.active);
    card.breakButton.hidden = one.active;
    card.mendButton.hidden = !one.active;
  }
  for (const { list, count } of groups.values()) {
    const broken = list.querySelectorAll(".scenario-active").length;
    count.textContent = broken === 0 ? "" : `${broken} broken`;
  }
  const broken = all.filter(({ active }) => active).length;
  const bar = element("broken-now", HTMLElement);
  bar.hidden = broken === 0;
  const button = make("button", { type: "button", class: "button button-small" }, "Mend all");
  button.addEventListener("click", () => void mendAll().then(onDone));
  fill(bar, make("span", {}, `${broken} ${broken === 1 ? "thing is" : "things are"} broken now`), button);
}

function createCard(one: Playable, onDone: () => void): Card {
  const { id, title, story } = one;
  const [breakWord, mendWord] = id.startsWith("fault/") ? ["Start", "End"] : ["Break", "Mend"];
  const button = (word: string, kind: string): HTMLButtonElement =>
    make("button", { type: "button", class: `button button-small button-${kind}`, "aria-label": `${word}: ${title}` }, word);
  const breakButton = button(breakWord, "break");
  const mendButton = button(mendWord, "primary");
  const item = make(
    "li",
    { class: "scenario" },
    make("div", { class: "scenario-head" }, make("h4", {}, title), breakButton, mendButton),
    make("p", { class: "story" }, story),
  );
  const press = async (what: "break" | "mend", pressed: HTMLElement, next: HTMLElement): Promise<void> => {
    pressed.setAttribute("aria-busy", "true");
    const isDone = await play(what, one);
    pressed.removeAttribute("aria-busy");
    if (!isDone) return;
    pressed.hidden = true;
    next.hidden = false;
    next.focus({ preventScroll: true });
    onDone();
  };
  breakButton.addEventListener("click", () => void press("break", breakButton, mendButton));
  mendButton.addEventListener("click", () => void press("mend", mendButton, breakButton));
  listFor(id).append(item);
  const card = { item, breakButton, mendButton, words: `${title} ${story} ${id}`.toLowerCase() };
  cards.set(id, card);
  return card;
}

function listFor(id: string): HTMLElement {
  const group = GROUPS.find(({ holds }) => holds(id)) ?? GROUPS[0];
  const { title = "", hint = "", isOpen = false } = group ?? {};
  const known = groups.get(title);
  if (known !== undefined) return known.list;
  const list = make("ul", { class: "scenarios" });
  const count = make("span", { class: "broken" });
  const summary = make("summary", {}, make("h3", {}, title, make("small", {}, hint)), count);
  const frame = make("details", { class: "scenario-group", open: isOpen }, summary, list);
  groups.set(title, { frame, list, count });
  const order = GROUPS.map((one) => groups.get(one.title)?.frame).filter((one) => one !== undefined);
  element("scenario-groups", HTMLElement).replaceChildren(...order);
  return list;
}

/** Shows the cards in which all that is typed occurs, their groups unfolded. */
function find(): void {
  const wanted = element("find-scenario", HTMLInputElement).value.trim().toLowerCase().split(/\s+/);
  const isAsked = wanted.join("") !== "";
  for (const { item, words } of cards.values()) item.hidden = !wanted.every((word) => words.includes(word));
  for (const [title, { frame, list }] of groups) {
    frame.hidden = list.querySelector(":scope > :not([hidden])") === null;
    frame.open = isAsked || (GROUPS.find((group) => group.title === title)?.isOpen ?? false);
  }
  element("no-scenario", HTMLElement).hidden = [...groups.values()].some(({ frame }) => !frame.hidden);
}

/** The title of the scenario that makes an error type or suspension kind; its name in words where there is none. */
export function titleOf(name: string, scenarios: readonly Playable[]): string {
  const scenario = scenarios.find(({ id }) => id.split("/").at(-1) === name);
  if (scenario !== undefined) return scenario.title;
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
