import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";

/** Work to be done once, now or later, by whichever process takes it. */
export type Job =
  | { readonly kind: "poll"; readonly connection: string }
  | { readonly kind: "digest"; readonly subscriptionId: string; readonly dueAt: string }
  | { readonly kind: "owners"; readonly connection: string; readonly dueAt: string }
  | { readonly kind: "announce"; readonly channel: string }
  | { readonly kind: "resync"; readonly requestId: string }
  | { readonly kind: "clear"; readonly requestId: string }
  | { readonly kind: "fix"; readonly requestId: string }
  | { readonly kind: "audit"; readonly requestId: string };

export interface JobSender {
  /**
   * Queues a job; with a transaction it exists if and only if the transaction commits. A job that is already waiting for the
   * same subject is not queued twice.
   */
  send(job: Job, options?: { readonly transaction?: Transaction<Database>; readonly after?: Date }): Promise<void>;
}
