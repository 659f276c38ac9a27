import type { Action } from "./action.ts";

/** "Not now": the question goes away. */
export const dismissAction: Action<"dismiss"> = {
  verb: "dismiss",
  name: "dismiss",
  role: "viewer",
  target: () => null,
  run: async ({ isEphemeral }) => ({ to: "nobody", deleteOriginal: isEphemeral }),
};
