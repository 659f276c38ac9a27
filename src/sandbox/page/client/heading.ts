import { element } from "./dom.ts";

/** Names what stands in the middle, for the browser's own title too. */
export function showTitle(title: string, subtitle: string): void {
  const heading = element("title", HTMLElement);
  if (heading.textContent !== title) heading.textContent = title;
  document.title = `${title} · Syncwarden Sandbox`;
  element("subtitle", HTMLElement).textContent = subtitle;
}
