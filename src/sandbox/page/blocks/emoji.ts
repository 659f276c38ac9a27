import { createElement, type ReactElement } from "react";

/** State marks are drawn rather than typed: not every system has a font with coloured circles. */
const circles: Readonly<Record<string, string>> = {
  large_green_circle: "green",
  large_yellow_circle: "yellow",
  large_orange_circle: "orange",
  large_blue_circle: "blue",
  red_circle: "red",
  white_circle: "white",
  black_circle: "black",
};

/** An emoji by its name, given the character that the library knows for it; a name that is none stays what was typed. */
export function emoji(name: string, character: string): ReactElement | string {
  const colour = circles[name];
  if (colour !== undefined) {
    return createElement("span", { role: "img", "aria-label": name.replaceAll("_", " "), className: `mark mark-${colour}` });
  }
  return character === name || character === "" ? `:${name}:` : character;
}
