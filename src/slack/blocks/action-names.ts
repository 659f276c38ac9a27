import type { Language } from "../../language/language.ts";

/** What people do or are refused, by the name that the action log has for it. */
const ACTION_NAMES: Readonly<Record<string, (t: Language) => string>> = {
  acknowledge: (t) => t.say("acknowledge"),
  allocation: (t) => t.say("allocation"),
  audit: (t) => t.say("audit"),
  "cancel audit": (t) => t.say("cancel audit"),
  "cancel clear": (t) => t.say("cancel clear"),
  "cancel fix": (t) => t.say("cancel fix"),
  "cancel resync": (t) => t.say("cancel resync"),
  "change subscription": (t) => t.say("change subscription"),
  clear: (t) => t.say("clear"),
  "create HubSpot list": (t) => t.say("create HubSpot list"),
  export: (t) => t.say("export"),
  fix: (t) => t.say("fix"),
  forget: (t) => t.say("forget selection"),
  "forget selection": (t) => t.say("forget selection"),
  "import sync errors": (t) => t.say("import sync errors"),
  mute: (t) => t.say("mute"),
  refresh: (t) => t.say("refresh"),
  resync: (t) => t.say("resync"),
  save: (t) => t.say("save selection"),
  "save selection": (t) => t.say("save selection"),
  "start owner messages": (t) => t.say("start owner messages"),
  "stop owner messages": (t) => t.say("stop owner messages"),
  subscribe: (t) => t.say("subscribe"),
  undo: (t) => t.say("undo"),
  unmute: (t) => t.say("unmute"),
  unsubscribe: (t) => t.say("unsubscribe"),
};

/** An action as people are told of it; one that this version doesn't know goes by its stored name. */
export function actionName(t: Language, action: string): string {
  return Object.hasOwn(ACTION_NAMES, action) ? (ACTION_NAMES[action]?.(t) ?? action) : action;
}
