/** Where blocks stand, as the control path for clicks names it. */
export type Place =
  | { readonly kind: "message"; readonly channel: string; readonly ts: string }
  | { readonly kind: "modal"; readonly viewId: string }
  | { readonly kind: "home" };

/** The data attributes by which the browser tells where a control stands. */
export function placeAttributes(place: Place): Readonly<Record<string, string>> {
  switch (place.kind) {
    case "message":
      return { "data-place": "message", "data-channel": place.channel, "data-ts": place.ts };
    case "modal":
      return { "data-place": "modal", "data-view": place.viewId };
    case "home":
      return { "data-place": "home" };
  }
}
