import type { WorkspaceAnswer } from "../page.ts";
import { ask, pagePath } from "./api.ts";
import { element, fill, make } from "./dom.ts";
import { showLocale } from "./locale.ts";
import { addressOf, change, state, type Where } from "./state.ts";

const systemNames: Readonly<Record<string, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

let workspace: WorkspaceAnswer | null = null;

/** A channel's name with its sign, or its id while the workspace isn't known yet. */
export function channelName(id: string): string {
  if (id === workspace?.direct.id) return "Syncwarden";
  return `#${workspace?.channels.find((channel) => channel.id === id)?.name ?? id}`;
}

export async function refreshSidebar(): Promise<void> {
  const answer = await ask<WorkspaceAnswer>("GET", pagePath("workspace", { user: state().user }));
  if (!answer.ok) return;
  workspace = answer.body;
  element("team", HTMLElement).textContent = workspace.team.name;
  showPlaces();
  showPeople(workspace);
  showLocale(workspace);
}

/** Marks where the reader is and what is unread. */
export function showPlaces(): void {
  if (workspace === null) return;
  const { where, user } = state();
  const open = [...workspace.channels, workspace.direct].find(({ id }) => where.kind === "channel" && where.id === id);
  if (open !== undefined && !document.hidden) localStorage.setItem(readKey(user, open.id), open.latest);
  const unread = ({ id, latest }: { readonly id: string; readonly latest: string }): HTMLElement | null =>
    id !== open?.id && latest > (localStorage.getItem(readKey(user, id)) ?? "0")
      ? make("span", { class: "unread" }, make("span", { class: "visually-hidden" }, "unread"))
      : null;
  const channels = workspace.channels.map((channel) =>
    make(
      "li",
      {},
      placeLink({ kind: "channel", id: channel.id }, [
        make("span", { class: "sign", "aria-hidden": "true" }, "#"),
        channel.name,
        unread(channel),
      ]),
    ),
  );
  fill(element("channels", HTMLElement), ...channels);
  fill(
    element("app-links", HTMLElement),
    make("li", {}, placeLink({ kind: "home" }, [make("span", { class: "sign", "aria-hidden": "true" }, "⌂"), "Home"])),
    make(
      "li",
      {},
      placeLink({ kind: "channel", id: workspace.direct.id }, [
        make("span", { class: "sign", "aria-hidden": "true" }, "✉"),
        "Messages",
        unread(workspace.direct),
      ]),
    ),
  );
  const records = Object.entries(workspace.recordObjects).flatMap(([system, objects]) =>
    objects.slice(0, 4).map((object) => {
      const name = object.charAt(0).toUpperCase() + object.slice(1);
      const icon = make("span", { class: `system system-${system}`, "aria-hidden": "true" }, system === "hubspot" ? "H" : "S");
      const link = placeLink({ kind: "records", system, object, search: "" }, [icon, name]);
      link.setAttribute("aria-label", `${systemNames[system] ?? system}: ${name}`);
      return make("li", {}, link);
    }),
  );
  fill(element("record-links", HTMLElement), ...records);
}

/** The sandbox starts anew with each run, so what was read is kept for this run's messages alone, by their time. */
function readKey(user: string, channel: string): string {
  return `read ${user} ${channel}`;
}

function placeLink(where: Where, children: readonly (Node | string | null)[]): HTMLElement {
  const now = state().where;
  const current =
    where.kind === "records"
      ? (now.kind === "records" || now.kind === "record") && now.system === where.system && now.object === where.object
      : addressOf(where) === addressOf(now);
  return make("a", { class: "place", href: addressOf(where), ...(current ? { "aria-current": "page" } : {}) }, ...children);
}

/** Nobody sees another person's direct messages. */
function become(user: string): void {
  const { where } = state();
  const isDirect = where.kind === "channel" && where.id === workspace?.direct.id;
  change({ user, thread: null, ...(isDirect ? { where: { kind: "home" } } : {}) });
}

function showPeople({ users }: WorkspaceAnswer): void {
  const container = element("people", HTMLElement);
  if (container.childElementCount === users.length) {
    const chosen = container.querySelector<HTMLInputElement>(`input[value="${CSS.escape(state().user)}"]`);
    if (chosen !== null) chosen.checked = true;
    return;
  }
  container.replaceChildren(
    ...users.map(({ id, name, role }) => {
      const input = make("input", { type: "radio", name: "person", value: id });
      input.checked = id === state().user;
      input.addEventListener("change", () => become(id));
      return make("label", { class: "person" }, input, make("span", { class: "person-name" }, name), make("small", {}, role));
    }),
  );
}
