import { chooseAll, chooseSome, countChosen, getChoice } from "../store/record-choices.ts";
import type { MonitorContext } from "./context.ts";
import type { RecordChoice, TickedRecords } from "./monitor.ts";

type Parts = Pick<MonitorContext, "db" | "clock">;

/** Which of an error's records are ticked in a dialog, and how many of those it still holds back. */
export async function recordChoice({ db }: Parts, choiceId: string, errorId: string): Promise<RecordChoice> {
  const choice = await getChoice(db, choiceId);
  if (choice === null || choice.errorId !== errorId) return { records: 0, isTicked: () => false };
  return {
    records: await countChosen(db, choiceId, choice),
    isTicked: (key) => choice.isAll !== choice.keys.has(key),
  };
}

/** Keeps what somebody ticks and unticks between the pages of a dialog. */
export async function chooseRecords(
  { db, clock }: Parts,
  choiceId: string,
  errorId: string,
  ticked: TickedRecords | "all" | "none",
): Promise<void> {
  if (typeof ticked === "string") return chooseAll(db, choiceId, errorId, ticked === "all", clock.now());
  await chooseSome(db, choiceId, errorId, ticked, clock.now());
}
