import { ask } from "./api.ts";
import { announce, toast } from "./toast.ts";

/** What people break and mend: a scenario by its id, or a fault as `fault/<id>`. */
export interface Playable {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly active: boolean;
}

/** Breaks or mends; false where that can't be done, which is said then. */
export async function play(what: "break" | "mend", { id, title }: Pick<Playable, "id" | "title">): Promise<boolean> {
  const [kind, ...rest] = id.split("/");
  const path = kind === "fault" ? `/sandbox/faults/${rest.join("/")}` : `/sandbox/scenarios/${id}`;
  const answer = await ask(what === "break" ? "POST" : "DELETE", path);
  if (answer.ok) announce(what === "break" ? `${title}: broken.` : `${title}: mended.`);
  else toast(answer.error);
  return answer.ok;
}

/** Mends everything, faults of the network too. */
export async function mendAll(): Promise<void> {
  const answers = await Promise.all([ask("DELETE", "/sandbox/scenarios"), ask("DELETE", "/sandbox/faults")]);
  const failed = answers.find((answer) => !answer.ok);
  if (failed === undefined) announce("Everything is mended.");
  else if (!failed.ok) toast(failed.error);
}
