import type { Language } from "../language/language.ts";
import type { Announcement } from "../monitor/announcements/announcement.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { auditProgress } from "./blocks/audit-progress.ts";
import { digestMessage } from "./blocks/digest.ts";
import { errorAlert } from "./blocks/error-alert.ts";
import { fixProgress } from "./blocks/fix-progress.ts";
import { groupAlert } from "./blocks/group-alert.ts";
import type { Message } from "./blocks/message.ts";
import { noteMessage } from "./blocks/note.ts";
import { ownerMessage } from "./blocks/owner-message.ts";
import { problemMessage } from "./blocks/problem.ts";
import { reminderMessage } from "./blocks/reminder.ts";
import { resyncProgress } from "./blocks/resync-progress.ts";
import { suspensionAlert } from "./blocks/suspension-alert.ts";
import { warningAlert } from "./blocks/warning-alert.ts";

/** What an announcement says now; null where its subject is no longer stored. */
export async function announcementMessage(
  t: Language,
  monitor: Monitor,
  { connection, content }: Announcement,
): Promise<Message | null> {
  switch (content.kind) {
    case "suspension": {
      const suspension = await monitor.suspension(content.suspensionId);
      return suspension === null ? null : suspensionAlert(t, suspension);
    }
    case "sync-error": {
      const error = await monitor.error(content.errorId);
      return error === null ? null : errorAlert(t, error);
    }
    case "warning": {
      const warning = await monitor.warning(content.warningId);
      return warning === null ? null : warningAlert(t, warning);
    }
    case "request": {
      const resync = await monitor.resync(content.requestId);
      return resync === null ? null : resyncProgress(t, resync);
    }
    case "fix": {
      const fix = await monitor.fix(content.requestId);
      return fix === null ? null : fixProgress(t, fix);
    }
    case "audit": {
      const audit = await monitor.audit(content.requestId);
      return audit === null ? null : auditProgress(t, audit);
    }
    case "digest":
      return digestMessage(t, content.digest);
    case "group":
      return groupAlert(t, await monitor.group(connection, content), content.problems);
    case "owner":
      return ownerMessage(t, content.owner);
    case "reminder": {
      const suspension = await monitor.suspension(content.suspensionId);
      return suspension === null ? null : reminderMessage(t, suspension);
    }
    case "note":
      return noteMessage(t, content.note);
    case "problem":
      return problemMessage(t, connection, content.problem);
  }
}
