import { ALERTS } from "./alerts.ts";
import { CHECKS } from "./checks.ts";
import { DIALOGS } from "./dialogs.ts";
import { ERRORS } from "./errors.ts";
import { REPAIRS } from "./repairs.ts";
import type { Maker } from "./shown.ts";
import { STATES } from "./states.ts";

/** Every function that makes something for Slack to show. */
export const MAKERS: readonly Maker[] = [...ALERTS, ...CHECKS, ...DIALOGS, ...ERRORS, ...REPAIRS, ...STATES];
