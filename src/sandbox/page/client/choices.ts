import { ask } from "./api.ts";
import { make } from "./dom.ts";
import { optionsChosenIn } from "./modal-values.ts";
import { state } from "./state.ts";
import { toast } from "./toast.ts";

type Option = ReturnType<typeof optionsChosenIn>[number];

interface Suggested {
  readonly groups: readonly { readonly label: string | null; readonly options: readonly Option[] }[];
}

/** How long somebody must stop typing before the app is asked, in milliseconds. */
const pauseMs = 200;

const asked = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** What the browser's own controls don't do by themselves: suggested options, uploads, and at most so many choices. */
export function startChoices(): void {
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.classList.contains("external-query")) return;
    clearTimeout(asked.get(target));
    asked.set(
      target,
      setTimeout(() => void suggest(target), pauseMs),
    );
  });
  document.addEventListener(
    "change",
    ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.type === "file") void upload(target);
      const external = target.closest<HTMLElement>(".external");
      if (external !== null && target.dataset.option !== undefined)
        choose(external, JSON.parse(target.dataset.option), target.checked);
      const limited = target.closest<HTMLElement>("[data-most]");
      if (limited !== null) keepWithin(limited);
    },
    { capture: true },
  );
}

/** Shows what is chosen in the fields of a form that has just been put on the page. */
export function prepareChoices(form: HTMLElement): void {
  for (const external of form.querySelectorAll<HTMLElement>(".external")) {
    list(external, []);
    const query = external.querySelector<HTMLInputElement>(".external-query");
    if (query !== null && Number(query.dataset.least) === 0) void suggest(query);
  }
  for (const limited of form.querySelectorAll<HTMLElement>("[data-most]")) keepWithin(limited);
}

function keepWithin(control: HTMLElement): void {
  const boxes = [...control.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const isFull = boxes.filter(({ checked }) => checked).length >= Number(control.dataset.most);
  for (const box of boxes) box.disabled = isFull && !box.checked;
}

async function suggest(query: HTMLInputElement): Promise<void> {
  const external = query.closest<HTMLElement>(".external");
  if (external === null) return;
  const said = external.querySelector(".external-said");
  const typed = query.value;
  if (typed.length < Number(query.dataset.least)) return list(external, []);
  const { place, channel, ts, view, blockId, actionId } = external.dataset;
  const where = place === "message" ? { channel, ts } : place === "modal" ? { view_id: view } : { home: true };
  const answer = await ask<Suggested>("POST", "/sandbox/slack/options", {
    user: state().user,
    ...where,
    block_id: blockId,
    action_id: actionId,
    value: typed,
  });
  if (query.value !== typed) return;
  if (answer.ok) list(external, answer.body.groups);
  const found = answer.ok ? answer.body.groups.reduce((sum, { options }) => sum + options.length, 0) : 0;
  if (said !== null) said.textContent = !answer.ok ? answer.error : found === 0 ? "Nothing found." : `${found} found.`;
}

/** What is chosen, and under it what the app suggests. */
function list(external: HTMLElement, groups: Suggested["groups"]): void {
  const chosen = optionsChosenIn(external);
  const isSingle = external.dataset.control === "external_select";
  const node = (option: Option, isChosen: boolean): HTMLElement => {
    const box = make("input", {
      type: isSingle ? "radio" : "checkbox",
      name: `${external.dataset.blockId}:${external.dataset.actionId}`,
      "data-option": JSON.stringify(option),
    });
    box.checked = isChosen;
    return make("label", { class: "choice" }, box, make("span", {}, option.text.text));
  };
  const isChosen = (option: Option): boolean => chosen.some(({ value }) => value === option.value);
  external
    .querySelector(".external-options")
    ?.replaceChildren(
      ...chosen.map((option) => node(option, true)),
      ...groups.flatMap(({ label, options }) => [
        ...(label === null ? [] : [make("p", { class: "choice-group" }, label)]),
        ...options.filter((option) => !isChosen(option)).map((option) => node(option, false)),
      ]),
    );
}

function choose(external: HTMLElement, option: Option, isChosen: boolean): void {
  const others = optionsChosenIn(external).filter(({ value }) => value !== option.value);
  const isSingle = external.dataset.control === "external_select";
  external.dataset.chosen = JSON.stringify(isSingle ? [option] : isChosen ? [...others, option] : others);
}

/** Slack's client uploads a file as soon as it is chosen; the form has only its name. */
async function upload(input: HTMLInputElement): Promise<void> {
  input.setAttribute("aria-busy", "true");
  const answers = await Promise.all(
    [...(input.files ?? [])].map(async (file) => {
      const content = btoa(Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));
      return ask<{ readonly file: unknown }>("POST", "/sandbox/slack/upload", {
        user: state().user,
        name: file.name,
        content,
        base64: true,
      });
    }),
  );
  input.removeAttribute("aria-busy");
  for (const answer of answers) if (!answer.ok) toast(answer.error);
  input.dataset.uploaded = JSON.stringify(answers.flatMap((answer) => (answer.ok ? [answer.body.file] : [])));
}
