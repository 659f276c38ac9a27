import { createElement, type ReactElement } from "react";

/** A picture for who wrote a message: the app's own mark, or a person's initials. */
export function avatar(name: string, isApp: boolean): ReactElement {
  if (isApp) return createElement("img", { className: "avatar", src: "/page/app.svg", alt: "", width: 36, height: 36 });
  const initials = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join("")
    .slice(0, 2)
    .toUpperCase();
  return createElement("span", { className: `avatar avatar-${tone(name)}`, "aria-hidden": true }, initials);
}

/** One of six tones, always the same for a name. */
function tone(name: string): number {
  return [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 6;
}
