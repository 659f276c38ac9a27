import { z } from "zod";
import { abandonAnnouncement, beginPosting, dueAnnouncements, savePosted } from "../../store/announcements.ts";
import type { MonitorContext } from "../context.ts";
import type { Announcement, AnnouncementContent, Outbox } from "./announcement.ts";
import { reviveDates } from "./revive-dates.ts";

/** A record, so that no kind of content can be forgotten. */
const KINDS: Readonly<Record<AnnouncementContent["kind"], true>> = {
  suspension: true,
  "sync-error": true,
  warning: true,
  request: true,
  fix: true,
  audit: true,
  digest: true,
  group: true,
  owner: true,
  reminder: true,
  note: true,
  problem: true,
};
const contentSchema = z.looseObject({ kind: z.enum(Object.keys(KINDS) as AnnouncementContent["kind"][]) });

/** The stored announcements, as whoever posts them works through them. */
export function createOutbox({ db, clock }: Pick<MonitorContext, "db" | "clock">): Outbox {
  return {
    async due(channel, limit) {
      const stored = await dueAnnouncements(db, channel, limit, clock.now());
      return stored.map(
        (row): Announcement => ({
          key: row.key,
          connection: row.connection,
          channel: row.channel,
          threadTs: row.threadTs,
          content: readContent(row.content),
          state: row.state === "abandoned" ? "pending" : row.state,
          revision: row.revision,
          ts: row.ts,
          isBroadcast: row.isBroadcast,
          language: row.language,
        }),
      );
    },
    async begin(key) {
      return (await beginPosting(db, key)) === "posting" ? "look" : "post";
    },
    posted: (key, ts, revision) => savePosted(db, key, ts, revision, clock.now()),
    abandon: (key, reason) => abandonAnnouncement(db, key, reason),
  };
}

/** Stored content is our own writing; only a digest holds dates, which JSON keeps as text. */
function readContent(stored: Record<string, unknown>): AnnouncementContent {
  const content = contentSchema.parse(stored) as AnnouncementContent;
  return content.kind === "digest" ? { kind: "digest", digest: reviveDates(content.digest) } : content;
}
