import { element, make } from "./dom.ts";

/** Says something at the foot of the page for a while. */
export function toast(text: string): void {
  const line = make("p", { class: "toast" }, text);
  element("toasts", HTMLElement).append(line);
  setTimeout(() => line.remove(), 6_000);
}

const sentences: string[] = [];

/** Lets a screen reader say something when it has time. */
export function announce(text: string): void {
  sentences.push(text);
  if (sentences.length > 1) return;
  // What comes together is said together.
  setTimeout(() => speak(sentences.splice(0).join(" ")), 150);
}

/** Where the browser can, without putting the words into the page a second time: people search in it, and tests do. */
function speak(words: string): void {
  if ("ariaNotify" in document && typeof document.ariaNotify === "function") document.ariaNotify(words);
  else element("announcer", HTMLElement).textContent = words;
}
