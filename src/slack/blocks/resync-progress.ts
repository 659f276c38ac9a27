import type { ResyncReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, header, section } from "./parts.ts";
import { requestState, tookText } from "./request-states.ts";
import { crmText, date, person } from "./text.ts";

/** The one message of a resync: how far it is, and in the end what came of each record. */
export function resyncProgress(t: Language, resync: ResyncReport): Message {
  const state = requestState(t, resync.state);
  const figures = t.list(progressFigures(t, resync), "figures");
  const target = t.render(resync.target);
  const requested = t.say("Requested by {person} {date}.", {
    person: person(resync.requestedBy),
    date: date(t, resync.requestedAt),
  });
  return composeMessage({
    text: [
      t.say("{connection}: the resync of {target} is {state}: {figures}.", {
        connection: crmText(resync.connection, 100),
        target: crmText(target, 200),
        state,
        figures,
      }),
      ...tookText(t, resync),
      requested,
    ].join(" "),
    head: [
      header(t.say("{connection}: resync of {target} is {state}", { connection: resync.connection, target, state })),
      section(
        [
          `${requested} ${wayText(t, resync.strategy)}`,
          `*${figures}* ${tookText(t, resync).join("")}`.trim(),
          ...(resync.pause === null ? [] : [t.say("*It waits:* {reason}", { reason: crmText(t.render(resync.pause), 300) })]),
          ...(resync.outcome === null ? [] : [crmText(t.render(resync.outcome), 600)]),
        ].join("\n"),
      ),
      ...reasons(t, resync),
    ],
    tail: resync.finishedAt === null ? actions(cancelButton(t, resync)) : [],
  });
}

function wayText(t: Language, strategy: ResyncReport["strategy"]): string {
  return strategy === "touch"
    ? t.say("A mapped property of each record is touched, so that the native sync takes it up.")
    : t.say("The mapped values are written.");
}

function cancelButton(t: Language, { requestId }: ResyncReport) {
  const confirm = confirmDialog(
    t,
    t.say("Cancel the resync?"),
    t.say("Records not sent yet are left alone; those sent stay sent."),
    t.say("Cancel the resync"),
  );
  return button("cancel-resync", t.say("Cancel"), { requestId }, { confirm, accessibilityLabel: t.say("Cancel the resync") });
}

function progressFigures(t: Language, resync: ResyncReport): string[] {
  const { sent, total, synced, failing, changed, skipped, gone } = resync;
  return [
    t.say("{sent, number} of {total, number} sent", { sent, total }),
    ...(synced > 0 || resync.state === "done" ? [t.say("{synced, number} verified as synced", { synced })] : []),
    ...(failing > 0 ? [t.say("{failing, number} still failing", { failing })] : []),
    ...(changed > 0 ? [t.say("{changed, number} changed by people since", { changed })] : []),
    ...(skipped > 0 ? [t.say("{skipped, number} skipped", { skipped })] : []),
    ...(gone > 0 ? [t.say("{gone, number} gone", { gone })] : []),
  ];
}

const REASONS_SHOWN = 5;

function reasons(t: Language, resync: ResyncReport) {
  if (resync.reasons.length === 0) return [];
  const lines = resync.reasons.slice(0, REASONS_SHOWN).map((reason) => reasonLine(t, reason));
  const hidden = resync.reasons.length - REASONS_SHOWN;
  const more = hidden > 0 ? [t.say("… and {hidden, plural, one {# more reason} other {# more reasons}}", { hidden })] : [];
  return [section([t.say("*Why records are not synced*"), ...lines, ...more].join("\n"))];
}

/** "• 14 records: the reason". */
export function reasonLine(t: Language, { reason, records }: { readonly reason: Said; readonly records: number }): string {
  return t.say("• {records, plural, one {# record} other {# records}}: {reason}", {
    records,
    reason: crmText(t.render(reason), 400),
  });
}
