import { readRecordQuery } from "../../records/record-query.ts";
import { tell } from "../answer.ts";
import { checkAnswer, lookingAt } from "../blocks/check.ts";
import { crmText } from "../blocks/text.ts";
import { type Action, inPlace } from "./action.ts";

/** Looks at the record again, in the place of what was seen before. */
export const checkAction: Action<"check"> = {
  verb: "check",
  name: "check",
  role: "viewer",
  target: ({ record }) => record,
  progress: ({ record }, t) => lookingAt(t, record),
  async run(click, { monitor, rights, t }) {
    const { connection, record, object, all } = click.value;
    const read = readRecordQuery(record);
    const query = read.kind === "hubspot" ? { ...read, object } : read;
    if (query.kind === "unreadable") return tell(crmText(t.render(query.why), 1_000));
    const outcome = await monitor.check(connection, query);
    const { allowed } = await rights.decide(click.actor.userId, "operator");
    return inPlace(click, checkAnswer(t, outcome, { word: record, connection, mayResync: allowed, all }));
  },
};
