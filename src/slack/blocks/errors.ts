import type { Button, ContextBlock, SectionBlock } from "@slack/types";
import type { SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { ErrorFilter, ErrorsPage, Page } from "../../monitor/monitor.ts";
import { categoryLabel, errorLabel } from "./catalogue.ts";
import { detailsButton } from "./error-buttons.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { directionText, objects } from "./wording.ts";

/** How many error groups stand on one page. */
export const ERRORS_PER_PAGE = 10;

/** The open error groups of a connection, most affected records first, one page of them. */
export function errorList(t: Language, connection: string, filter: ErrorFilter, page: ErrorsPage): Message {
  const name = crmText(connection, 100);
  if (page.total === 0) {
    const text = noErrors(t, name, filter, page.asOf);
    return composeMessage({ text, head: [section(text)], tail: lookedAt(t, page.asOf) });
  }
  const types = [...new Set(page.items.map((error) => errorLabel(t, error.type)))];
  return composeMessage({
    text: `${headline(t, name, filter, page)}: ${t.list(types, "figures")}.`,
    head: [header(headline(t, connection, filter, page))],
    items: page.items.map((error) => [errorRow(t, error)]),
    more: (hidden) => [
      context(
        t.say(
          "… and {hidden, number} more on this page that don't fit: `/sync errors {connection}` with a category shows fewer.",
          {
            hidden,
            connection: name,
          },
        ),
      ),
    ],
    tail: [
      ...lookedAt(t, page.asOf),
      ...actions(pageButton(t, connection, filter, page, "previous"), pageButton(t, connection, filter, page, "next")),
    ],
  });
}

/** One error group in two lines with its Details button. */
export function errorRow(t: Language, error: SyncErrorReport): SectionBlock {
  const field = error.salesforceField ?? error.hubspotProperty;
  const { rule, option, owner, account, trigger } = error.details;
  const about = rule ?? option ?? owner ?? account ?? trigger;
  const facts = [
    crmText(error.id, 20),
    categoryLabel(t, error.category),
    directionText(t, error.direction),
    ...(field === null ? [] : [`\`${crmText(field, 80)}\``]),
    ...(about === undefined ? [] : [crmText(about, 100)]),
    ...(error.mute === null ? [] : [t.say("muted")]),
  ];
  return section(
    `*${errorLabel(t, error.type)}* · ${objects(t, error.affectedRecords, error.object)}\n${facts.join(" · ")}`,
    detailsButton(t, error),
  );
}

function lookedAt(t: Language, asOf: Date | null): ContextBlock[] {
  return asOf === null ? [] : [context(t.say("As of {date}.", { date: date(t, asOf) }))];
}

function noErrors(t: Language, connection: string, filter: ErrorFilter, asOf: Date | null): string {
  if (asOf === null)
    return t.say("{connection}: not looked at yet, so it is not known which records are in error.", { connection });
  const what = filterText(t, filter);
  return what === null
    ? t.say("{connection}: no open sync errors are known.", { connection })
    : t.say("{connection}: no open sync errors in {what} are known. `/sync errors` shows all that are open.", {
        connection,
        what,
      });
}

function headline(t: Language, connection: string, filter: ErrorFilter, { total, items, offset }: Page<SyncErrorReport>): string {
  const what = filterText(t, filter);
  const values = { connection, errors: total };
  const found =
    what === null
      ? t.say("{connection} has {errors, plural, one {# open sync error} other {# open sync errors}}", values)
      : t.say("{connection} has {errors, plural, one {# open sync error} other {# open sync errors}} in {what}", {
          ...values,
          what,
        });
  if (total === items.length) return found;
  return t.say("{found}, {first, number} to {last, number}", { found, first: offset + 1, last: offset + items.length });
}

/** Null where there is no filter. */
function filterText(t: Language, { category, object }: ErrorFilter): string | null {
  const words = [...(category === undefined ? [] : [categoryLabel(t, category)]), ...(object === undefined ? [] : [object])];
  return words.length === 0 ? null : t.list(words, "figures");
}

function pageButton(
  t: Language,
  connection: string,
  filter: ErrorFilter,
  page: Page<SyncErrorReport>,
  way: "previous" | "next",
): Button | null {
  const last = page.offset + page.items.length;
  if (way === "previous") {
    if (page.offset === 0) return null;
    const offset = Math.max(0, page.offset - ERRORS_PER_PAGE);
    const label = t.say("Previous page of errors");
    return button(
      "errors",
      t.say("Previous"),
      { connection, ...filter, offset },
      { variant: "previous", accessibilityLabel: label },
    );
  }
  if (last >= page.total || page.items.length === 0) return null;
  const more = t.say("… and {more, number} more", { more: page.total - last });
  return button("errors", more, { connection, ...filter, offset: last }, { accessibilityLabel: t.say("Next page of errors") });
}
