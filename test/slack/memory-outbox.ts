import type { Announcement, AnnouncementContent, Outbox } from "../../src/monitor/announcements/announcement.ts";

interface Entry {
  announcement: Announcement;
  postedRevision: number;
  abandoned: string | null;
}

/** Announcements held in memory, with the rules of the stored ones. */
interface AnnouncementOptions {
  readonly threadOf?: string;
  readonly isBroadcast?: boolean;
  readonly language?: Announcement["language"];
}

export interface MemoryOutbox extends Outbox {
  add(key: string, channel: string, content: AnnouncementContent, options?: AnnouncementOptions): void;
  /** Its subject has changed: what is shown is no longer current. */
  touch(key: string): void;
  entry(key: string): { readonly state: string; readonly ts: string | null; readonly abandoned: string | null };
  /** Makes the next `posted` fail, as when the process dies between posting and saving. */
  failNextSave: boolean;
}

export function createMemoryOutbox(): MemoryOutbox {
  const entries = new Map<string, Entry>();
  const parents = new Map<string, string>();
  const get = (key: string): Entry => {
    const entry = entries.get(key);
    if (entry === undefined) throw new Error(`no announcement ${key}`);
    return entry;
  };
  const outbox: MemoryOutbox = {
    failNextSave: false,
    add(key, channel, content, options = {}) {
      if (options.threadOf !== undefined) parents.set(key, options.threadOf);
      const announcement: Announcement = {
        key,
        connection: "acme",
        channel,
        threadTs: null,
        content,
        state: "pending",
        revision: 1,
        ts: null,
        isBroadcast: options.isBroadcast ?? false,
        language: options.language ?? null,
      };
      entries.set(key, { announcement, postedRevision: 0, abandoned: null });
    },
    touch(key) {
      const entry = get(key);
      entry.announcement = { ...entry.announcement, revision: entry.announcement.revision + 1 };
    },
    entry(key) {
      const { announcement, abandoned } = get(key);
      return { state: abandoned === null ? announcement.state : "abandoned", ts: announcement.ts, abandoned };
    },
    async due(channel, limit) {
      return [...entries.values()]
        .filter(({ announcement, abandoned, postedRevision }) => {
          const parent = parents.get(announcement.key);
          const parentPosted = parent === undefined || get(parent).announcement.ts !== null;
          return announcement.channel === channel && abandoned === null && parentPosted && postedRevision < announcement.revision;
        })
        .slice(0, limit)
        .map(({ announcement }) => {
          const parent = parents.get(announcement.key);
          return { ...announcement, threadTs: parent === undefined ? null : get(parent).announcement.ts };
        });
    },
    async begin(key) {
      const entry = get(key);
      const before = entry.announcement.state;
      entry.announcement = { ...entry.announcement, state: "posting" };
      return before === "posting" ? "look" : "post";
    },
    async posted(key, ts, revision) {
      if (outbox.failNextSave) {
        outbox.failNextSave = false;
        throw new Error("the process died before it could save");
      }
      const entry = get(key);
      entry.announcement = { ...entry.announcement, state: "posted", ts };
      entry.postedRevision = revision;
    },
    async abandon(key, reason) {
      get(key).abandoned = reason;
    },
  };
  return outbox;
}
