import type { ScenarioState } from "../../scenarios/catalogue.ts";
import { ask } from "./api.ts";
import { element, make } from "./dom.ts";
import { announce, toast } from "./toast.ts";

interface Card {
  readonly item: HTMLElement;
  readonly broken: HTMLElement;
  readonly breakButton: HTMLButtonElement;
  readonly mendButton: HTMLButtonElement;
}

const cards = new Map<string, Card>();

/** A card for each scenario with its two buttons; marks those that are active. */
export function showScenarios(scenarios: readonly ScenarioState[], onDone: () => void): void {
  for (const scenario of scenarios) {
    const card = cards.get(scenario.id) ?? createCard(scenario, onDone);
    card.item.classList.toggle("scenario-active", scenario.active);
    card.broken.hidden = !scenario.active;
    card.breakButton.disabled = scenario.active;
    card.mendButton.disabled = !scenario.active;
  }
}

/** Where each kind of scenario stands. */
const LISTS: Readonly<Record<string, string>> = { suspension: "suspensions", error: "errors", warning: "warnings" };

function createCard(scenario: ScenarioState, onDone: () => void): Card {
  const { id, title, story } = scenario;
  const breakButton = make("button", { type: "button", class: "button button-break", "aria-label": `Break: ${title}` }, "Break");
  const mendButton = make("button", { type: "button", class: "button button-mend", "aria-label": `Mend: ${title}` }, "Mend");
  const broken = make("span", { class: "broken" }, "broken");
  const item = make(
    "li",
    { class: "scenario" },
    make("div", { class: "scenario-head" }, make("h4", {}, title), broken, breakButton, mendButton),
    make("p", { class: "story" }, story),
  );
  breakButton.addEventListener("click", () => void play("POST", breakButton, `${title} is broken now.`));
  mendButton.addEventListener("click", () => void play("DELETE", mendButton, `${title} is mended.`));
  element(LISTS[id.split("/")[0] ?? ""] ?? "errors", HTMLElement).append(item);
  const card = { item, broken, breakButton, mendButton };
  cards.set(id, card);
  return card;

  async function play(method: "POST" | "DELETE", button: HTMLButtonElement, done: string): Promise<void> {
    button.setAttribute("aria-busy", "true");
    const answer = await ask<ScenarioState>(method, `/sandbox/scenarios/${id}`);
    button.removeAttribute("aria-busy");
    if (!answer.ok) return toast(answer.error);
    showScenarios([answer.body], onDone);
    // The button that was pressed is disabled now; its twin is what comes next.
    (method === "POST" ? mendButton : breakButton).focus({ preventScroll: true });
    announce(done);
    onDone();
  }
}

/** The title of the scenario that makes an error type or suspension kind; its name in words where there is none. */
export function titleOf(name: string, scenarios: readonly ScenarioState[]): string {
  const scenario = scenarios.find(({ id }) => id.split("/").at(-1) === name);
  if (scenario !== undefined) return scenario.title;
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
