import type { SlackChange } from "../page.ts";
import { element } from "./dom.ts";

/** How often to look while the stream is broken, in milliseconds. */
const pollMs = 1_000;

/** Tells of every change in the workspace as it happens; while the stream is broken, once a second. */
export function followChanges(onChange: (change: SlackChange | null) => void): void {
  const source = new EventSource("/sandbox/slack/stream");
  const status = element("live", HTMLElement);
  let polling: ReturnType<typeof setInterval> | null = null;

  function show(isLive: boolean): void {
    status.textContent = isLive ? "live" : "reconnecting…";
    status.classList.toggle("live-on", isLive);
  }

  source.addEventListener("hello", () => {
    show(true);
    if (polling !== null) clearInterval(polling);
    polling = null;
    // Something may have happened while nobody listened.
    onChange(null);
  });
  source.addEventListener("change", ({ data }) => onChange(JSON.parse(data)));
  source.addEventListener("error", () => {
    show(false);
    polling ??= setInterval(() => onChange(null), pollMs);
  });
}
