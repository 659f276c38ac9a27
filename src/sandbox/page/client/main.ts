import type { MessagesAnswer, ViewsAnswer } from "../page.ts";
import { ask, pagePath } from "./api.ts";
import { startChoices } from "./choices.ts";
import { startClicks } from "./clicks.ts";
import { setHints, showComposer, startComposer } from "./composer.ts";
import { element } from "./dom.ts";
import { createFeedView } from "./feed.ts";
import { showTitle } from "./heading.ts";
import { followChanges } from "./live.ts";
import { startLocale } from "./locale.ts";
import { closeLeftOpen, showModal, startModal } from "./modal.ts";
import { showPane, startPanes } from "./panes.ts";
import { showRecord } from "./record.ts";
import { recordsTitle, showRecords } from "./records.ts";
import { channelName, refreshSidebar, showPlaces } from "./sidebar.ts";
import { change, followAddress, onChange, state } from "./state.ts";
import { followWorld } from "./world.ts";

const app = element("app", HTMLElement);
const feedElement = element("feed", HTMLElement);
const feed = createFeedView(feedElement);
const threadFeed = createFeedView(element("thread-feed", HTMLElement));

/** Runs one refresh at a time; what is asked for meanwhile makes one more afterwards. */
function oneAtATime(refresh: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await refresh();
    } while (again);
    running = false;
  }
  return () => void run();
}

const refreshMessages = oneAtATime(async () => {
  const { user, where, thread } = state();
  if (where.kind === "home") return;
  if (where.kind === "records") return showRecords(feedElement, where);
  if (where.kind === "record") return showRecord(feedElement, where);
  const answer = await ask<MessagesAnswer>("GET", pagePath("messages", { user, channel: where.id, thread }));
  const now = state();
  // The reader may have gone elsewhere in the meantime.
  if (!answer.ok || now.user !== user || now.where !== where || now.thread !== thread) return;
  feed.show(answer.body.items);
  setHints(answer.body.hints);
  if (answer.body.thread !== null) threadFeed.show(answer.body.thread);
});

const refreshViews = oneAtATime(async () => {
  const { user, where } = state();
  const answer = await ask<ViewsAnswer>("GET", pagePath("views", { user }));
  if (!answer.ok || state().user !== user) return;
  showModal(answer.body.modal);
  if (where.kind !== "home" || state().where !== where) return;
  feed.show([homeItem(answer.body.home)]);
});

function homeItem(home: ViewsAnswer["home"]) {
  const empty = '<p class="empty">Syncwarden has not published its Home yet.</p>';
  return { id: "home", version: home?.version ?? "none", html: `<div class="home">${home?.html ?? empty}</div>`, spoken: "" };
}

const refreshPlaces = oneAtATime(refreshSidebar);

const paneNames = { channel: "Messages", home: "Home", records: "Records", record: "Record" } as const;

function showWhere(): void {
  const { where, thread } = state();
  if (where.kind === "channel")
    showTitle(channelName(where.id), where.id.startsWith("D") ? "What Syncwarden writes to you alone" : "");
  else if (where.kind === "home") showTitle("Syncwarden", "App Home, which only you see");
  else if (where.kind === "records") showTitle(recordsTitle(where), "");
  element("pane-name", HTMLElement).textContent = paneNames[where.kind];
  element("thread", HTMLElement).hidden = thread === null;
  element("thread-channel", HTMLElement).textContent = where.kind === "channel" ? channelName(where.id) : "";
  app.classList.toggle("with-thread", thread !== null);
  showComposer();
  showPlaces();
}

onChange((now, before) => {
  const moved = now.where !== before.where || now.user !== before.user;
  const sameTable =
    now.where.kind === "records" &&
    before.where.kind === "records" &&
    now.where.system === before.where.system &&
    now.where.object === before.where.object;
  if (moved && !sameTable) feed.reset();
  if (now.thread !== before.thread) threadFeed.reset();
  if (moved && !sameTable) showPane("channel");
  if (now.thread !== null && now.thread !== before.thread) {
    element("thread", HTMLElement).hidden = false;
    showPane("thread");
    element("thread-title", HTMLElement).focus();
  }
  if (before.thread !== null && now.thread === null && app.dataset.pane === "thread") showPane("channel");
  showWhere();
  refreshMessages();
  refreshPlaces();
  if (moved) {
    openHome();
    refreshViews();
  }
});

/** Opens the app's Home where the reader is there, so that the app fills it. */
function openHome(): void {
  const { where, user } = state();
  if (where.kind === "home") void ask("POST", "/sandbox/slack/home", { user }).then(refreshViews);
}

/** The focus goes back to what opened the thread. */
function closeThread(): void {
  const { thread } = state();
  change({ thread: null });
  document.querySelector<HTMLElement>(`[data-open-thread="${thread}"]`)?.focus();
}

followAddress();
startComposer();
startClicks();
startChoices();
startModal();
startPanes();
startLocale(openHome);
element("close-thread", HTMLElement).addEventListener("click", closeThread);
element("thread", HTMLElement).addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closeThread();
});
addEventListener("visibilitychange", showPlaces);

await closeLeftOpen();
await refreshSidebar();
showWhere();
openHome();
followWorld();
followChanges((changed) => {
  if (changed === null || changed.kind === "message" || changed.kind === "file") {
    refreshMessages();
    refreshPlaces();
  }
  if (changed === null || changed.kind === "view" || changed.kind === "home") refreshViews();
});
// Records change without a word.
setInterval(() => {
  if (state().where.kind.startsWith("record") && !document.hidden) refreshMessages();
}, 2_000);
