import type { WorldState } from "../../control/control.ts";
import { element, fill, make } from "./dom.ts";
import { showPane } from "./panes.ts";
import { play } from "./play.ts";

const SUSPENSION = { id: "suspension/sf-api-limit-exceeded", title: "API limit exceeded" } as const;
const ERROR = { id: "error/custom-code/custom-validation-rule", title: "Validation rule" } as const;

type Step = "break" | "alert" | "mend" | "clear" | "rule" | "correct" | "resync";

interface StepText {
  readonly step: Step;
  readonly text: readonly (Node | string)[];
  readonly does?: { readonly what: "break" | "mend"; readonly scenario: typeof SUSPENSION | typeof ERROR; readonly word: string };
  /** Where in the channel the reader's next click is. */
  readonly look?: "start" | "end";
}

/** What has been reached in this visit; the world alone doesn't tell that something was broken and is mended again. */
let reached = new Set<Step>();
let shown = "";

function stepsOf(): readonly { readonly title: string; readonly steps: readonly StepText[] }[] {
  const strong = (text: string): HTMLElement => make("strong", {}, text);
  return [
    {
      title: "See a suspension, and clear it",
      steps: [
        {
          step: "break",
          text: ["A reporting tool uses up the org's API calls."],
          does: { what: "break", scenario: SUSPENSION, word: "Break it" },
        },
        { step: "alert", text: ["Syncwarden sees the refusal and posts an alert in #revops."], look: "end" },
        {
          step: "mend",
          text: ["The admin stops the tool; there are calls again."],
          does: { what: "mend", scenario: SUSPENSION, word: "Mend it" },
        },
        { step: "clear", text: ["Press ", strong("Clear suspension"), " in the alert and see each step."], look: "end" },
      ],
    },
    {
      title: "Read a digest, and resync from it",
      steps: [
        {
          step: "rule",
          text: ["An admin adds a validation rule that refuses contacts."],
          does: { what: "break", scenario: ERROR, word: "Break it" },
        },
        {
          step: "correct",
          text: ["The admin takes the rule back. The contacts still wait."],
          does: { what: "mend", scenario: ERROR, word: "Mend it" },
        },
        {
          step: "resync",
          text: ["Press ", strong("Resync"), " under the rule in the digest. Every record gets its verdict."],
          look: "start",
        },
      ],
    },
  ];
}

/** The way through the product in a minute. Each step has its button, and is ticked when the world shows that it is done. */
export function showGuide(world: WorldState, onDone: () => void): void {
  follow(world);
  const key = [...reached].join(" ");
  const container = element("panel-try", HTMLElement);
  if (key === shown && container.childElementCount > 0) return;
  shown = key;
  const current = stepsOf()
    .flatMap(({ steps }) => steps)
    .find(({ step }) => !reached.has(step))?.step;
  const hadFocus = container.contains(document.activeElement);
  fill(
    container,
    make("p", { class: "intro" }, "Two short walks show what Syncwarden is for. They take a minute."),
    ...stepsOf().map(({ title, steps }) =>
      make(
        "section",
        { class: "walk" },
        make("h3", {}, title),
        make("ol", {}, ...steps.map((step) => stepItem(step, step.step === current, onDone))),
      ),
    ),
    make(
      "section",
      { class: "walk" },
      make("h3", {}, "And then"),
      make(
        "ul",
        { class: "further" },
        make("li", {}, "Type ", make("code", {}, "/sync help"), " in a channel: the commands."),
        make("li", {}, "Open ", make("a", { href: "#home" }, "Syncwarden's Home"), ": the state at a glance."),
        make("li", {}, "Break something of your own in the tab ", strongText("Break"), ", or edit a record on either side."),
        make("li", {}, "Be somebody else: a viewer may read, and not clear."),
        make(
          "li",
          {},
          "Be Otto or Vera, who own records in HubSpot, and open ",
          strongText("Messages"),
          ": two minutes after the start they hear there of theirs that don't sync.",
        ),
      ),
    ),
  );
  if (hadFocus) container.querySelector<HTMLElement>(".step-now button")?.focus({ preventScroll: true });
}

function strongText(text: string): HTMLElement {
  return make("strong", {}, text);
}

function follow({ scenarios, truth, comparison }: WorldState): void {
  const isActive = (id: string): boolean => scenarios.some((scenario) => scenario.id === id && scenario.active);
  const said = comparison?.said.suspension ?? truth.suspension;
  if (isActive(SUSPENSION.id)) {
    if (reached.has("mend")) reached = new Set([...reached].filter((step) => !["alert", "mend", "clear"].includes(step)));
    reached.add("break");
  } else if (reached.has("break")) reached.add("mend");
  if (reached.has("break") && said !== null) reached.add("alert");
  if (reached.has("alert") && reached.has("mend") && said === null && truth.suspension === null) reached.add("clear");
  if (isActive(ERROR.id)) {
    if (reached.has("correct")) reached = new Set([...reached].filter((step) => !["correct", "resync"].includes(step)));
    reached.add("rule");
  } else if (reached.has("rule")) reached.add("correct");
  const held = truth.errors.some(({ type }) => type === "custom-validation-rule");
  if (reached.has("correct") && !held) reached.add("resync");
}

function stepItem({ step, text, does, look }: StepText, isNow: boolean, onDone: () => void): HTMLElement {
  const isDone = reached.has(step);
  const item = make(
    "li",
    { class: `step ${isDone ? "step-done" : isNow ? "step-now" : ""}`.trim(), ...(isNow ? { "aria-current": "step" } : {}) },
    make("span", { class: "step-text" }, ...text, isDone ? make("span", { class: "visually-hidden" }, " (done)") : null),
  );
  if (isDone) return item;
  if (does !== undefined) {
    const button = make(
      "button",
      { type: "button", class: `button button-small ${isNow ? "button-primary" : ""}`.trim() },
      does.word,
    );
    button.setAttribute("aria-label", `${does.word}: ${does.scenario.title}`);
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      await play(does.what, does.scenario);
      button.removeAttribute("aria-busy");
      onDone();
    });
    item.append(button);
  } else if (look !== undefined) {
    const button = make("button", { type: "button", class: "button button-small" }, "Show me");
    button.setAttribute("aria-label", look === "start" ? "Show me the digest" : "Show me the alert");
    button.addEventListener("click", () => {
      location.hash = "#C0REVOPS";
      showPane("channel");
      setTimeout(() => element("feed", HTMLElement).scrollTo({ top: look === "start" ? 0 : 1e6, behavior: "smooth" }), 250);
    });
    item.append(button);
  }
  return item;
}
