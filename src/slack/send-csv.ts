import type { Sentence } from "../language/sentence.ts";
import { type Answer, tell } from "./answer.ts";
import type { SlackContext } from "./context.ts";
import { explainSlackFailure } from "./failure.ts";
import { type SharedFile, shareWithPerson } from "./share-file.ts";

export interface CsvDelivery {
  readonly file: SharedFile;
  readonly content: AsyncIterable<string>;
  /** Said where it was asked for, once the file is there. */
  readonly sent: string;
}

export type Delivered = { readonly answer: Answer } & (
  | { readonly delivered: true; readonly why: null }
  | { readonly delivered: false; readonly why: Sentence }
);

/** Gives one person a CSV file in their direct messages with the app, and says there or why not. */
export async function sendCsv(
  { slack, logger, t }: Pick<SlackContext, "slack" | "logger" | "t">,
  userId: string,
  { file, content, sent }: CsvDelivery,
): Promise<Delivered> {
  // What fails while the rows are read isn't Slack's failure, and must not be told as one.
  let readingFailed: unknown = null;
  async function* read(): AsyncGenerator<string> {
    try {
      yield* content;
    } catch (error) {
      readingFailed = error;
      throw error;
    }
  }
  try {
    await shareWithPerson(slack, userId, file, read());
  } catch (error) {
    if (readingFailed !== null) throw readingFailed;
    const { code, statement } = explainSlackFailure(error);
    logger.warn({ code, file: file.name }, "A CSV file could not be sent");
    return { delivered: false, why: statement, answer: tell(t.say("The file could not be sent. {why}", { why: statement })) };
  }
  return { delivered: true, why: null, answer: tell(sent) };
}
