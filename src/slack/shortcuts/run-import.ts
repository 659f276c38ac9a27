import type { Actor } from "../../monitor/monitor.ts";
import { sentenceMessage } from "../answer.ts";
import { importOutcome } from "../blocks/import-summary.ts";
import type { Message } from "../blocks/message.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import type { SlackFile } from "../files.ts";

/** Files that take longer than people care to look at nothing, in bytes. */
const LARGE = 500_000;
/** An address to answer at works five times: so often it tells how far it is, in milliseconds between. */
const TOLD_EACH_MS = 20_000;
const TOLD_AT_MOST = 3;

/** Imports a file that somebody has shared, telling now and then how far it is, and answers with what came of it. */
export async function runImport(
  { monitor, files, clock, t }: SlackContext,
  file: SlackFile,
  connection: string,
  actor: Actor,
  tell: (message: Message) => Promise<void>,
): Promise<Message> {
  const name = file.name ?? file.id;
  let toldAt = clock.now().getTime();
  let told = 0;
  if ((file.size ?? 0) > LARGE) {
    told = 1;
    await tell(sentenceMessage(t.say("I am reading {file}; it takes a while.", { file: crmText(name, 120) })));
  }
  let telling = Promise.resolve();
  const outcome = await monitor.importErrors(
    connection,
    { name, bytes: files.download(file), exportedAt: file.created === undefined ? null : new Date(file.created * 1000) },
    actor,
    {
      onProgress(lines) {
        const now = clock.now().getTime();
        if (told >= TOLD_AT_MOST || now - toldAt < TOLD_EACH_MS) return;
        told += 1;
        toldAt = now;
        telling = tell(
          sentenceMessage(
            t.say("{lines, plural, one {# line} other {# lines}} of {file} read so far.", { lines, file: crmText(name, 120) }),
          ),
        );
      },
    },
  );
  await telling;
  return importOutcome(t, outcome, name, connection);
}
