import type { CommandHint } from "../hints.ts";
import { ask } from "./api.ts";
import { element, make } from "./dom.ts";
import { channelName } from "./sidebar.ts";
import { state } from "./state.ts";
import { toast } from "./toast.ts";

let hints: readonly CommandHint[] = [];
let offered: readonly CommandHint[] = [];
let active = -1;

export function setHints(known: readonly CommandHint[]): void {
  hints = known;
}

/** The box for commands and messages under a channel, and the one for replies. */
export function startComposer(): void {
  const input = element("command", HTMLInputElement);
  element("composer", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    void send(input);
  });
  input.addEventListener("input", () => offer(input));
  input.addEventListener("focus", () => offer(input));
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => onKey(event, input));
  const reply = element("reply-text", HTMLInputElement);
  element("reply", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    void sendReply(reply);
  });
}

export function showComposer(): void {
  const { where } = state();
  const input = element("command", HTMLInputElement);
  element("composer-area", HTMLElement).hidden = where.kind !== "channel";
  if (where.kind === "channel") input.placeholder = `Message ${channelName(where.id)} or type /`;
}

async function send(input: HTMLInputElement): Promise<void> {
  const { user, where } = state();
  const text = input.value.trim();
  if (text === "" || where.kind !== "channel") return;
  close();
  input.value = "";
  element("newcomer", HTMLElement).hidden = true;
  const isCommand = text.startsWith("/");
  const working = element("working", HTMLElement);
  working.textContent = isCommand ? "Syncwarden is answering…" : "";
  const answer = await ask("POST", `/sandbox/slack/${isCommand ? "command" : "say"}`, { user, channel: where.id, text });
  working.textContent = "";
  if (answer.ok) return;
  toast(answer.error);
  if (input.value === "") input.value = text;
}

async function sendReply(input: HTMLInputElement): Promise<void> {
  const { user, where, thread } = state();
  const text = input.value.trim();
  if (text === "" || where.kind !== "channel" || thread === null) return;
  input.value = "";
  const answer = await ask("POST", "/sandbox/slack/say", { user, channel: where.id, text, thread_ts: thread });
  if (!answer.ok) toast(answer.error);
}

function offer(input: HTMLInputElement): void {
  const typed = input.value;
  const matching = typed.startsWith("/") ? hints.filter(({ usage }) => starts(usage, typed)) : [];
  // A command that is typed in full needs no help any more.
  offered = matching.length === 1 && matching[0] !== undefined && completion(matching[0]).trim() === typed.trim() ? [] : matching;
  active = -1;
  draw(input);
}

/** Whether what is typed is the beginning of the command, or goes on from it. */
function starts(usage: string, typed: string): boolean {
  const command = completion({ usage, summary: "" });
  return command.startsWith(typed) || typed.startsWith(command);
}

/** The words of a command up to where its choices begin: "/sync errors ". */
function completion({ usage }: CommandHint): string {
  const words = usage.split(" ");
  const choices = words.findIndex((word) => /[[<|…]/.test(word));
  return choices < 0 ? usage : `${words.slice(0, choices).join(" ")} `;
}

function draw(input: HTMLInputElement): void {
  const list = element("hints", HTMLElement);
  list.replaceChildren(
    ...offered.map((hint, index) => {
      const option = make(
        "div",
        { role: "option", id: `hint-${index}`, "aria-selected": String(index === active) },
        make("code", {}, hint.usage),
        make("span", {}, hint.summary),
      );
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        complete(input, hint);
      });
      return option;
    }),
  );
  list.hidden = offered.length === 0;
  input.setAttribute("aria-expanded", String(offered.length > 0));
  if (active < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", `hint-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }
}

function close(): void {
  offered = [];
  active = -1;
  draw(element("command", HTMLInputElement));
}

function onKey(event: KeyboardEvent, input: HTMLInputElement): void {
  if (offered.length === 0) return;
  const chosen = offered[active] ?? (event.key === "Tab" ? offered[0] : undefined);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    active =
      (active + (event.key === "ArrowDown" ? 1 : offered.length) + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) %
      offered.length;
    draw(input);
  } else if ((event.key === "Tab" || event.key === "Enter") && chosen !== undefined) {
    event.preventDefault();
    complete(input, chosen);
  } else if (event.key === "Escape") {
    close();
  }
}

function complete(input: HTMLInputElement, hint: CommandHint): void {
  input.value = completion(hint);
  close();
  input.focus();
}
