import type { Button } from "@slack/types";
import type { SyncErrorReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import type { ErrorFilter, Page } from "../../monitor/monitor.ts";
import { categoryLabel, errorLabel } from "./catalogue.ts";
import { detailsButton } from "./error-buttons.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { count, crmText, plural } from "./text.ts";
import { directionText, objects } from "./wording.ts";

/** How many error groups stand on one page. */
export const ERRORS_PER_PAGE = 10;

/** The open error groups of a connection, most affected records first, one page of them. */
export function errorList(connection: string, filter: ErrorFilter, page: Page<SyncErrorReport>): Message {
  const name = crmText(connection, 100);
  const what = filterText(filter);
  if (page.total === 0) {
    const text = `${name}: no open sync errors${what} are known.`;
    return composeMessage({ text, head: [section(text)] });
  }
  const last = page.offset + page.items.length;
  const shown = page.total === page.items.length ? "" : `, ${count(page.offset + 1)} to ${count(last)}`;
  return composeMessage({
    text: `${name} has ${plural(page.total, "open sync error")}${what}${shown}: ${page.items.map((error) => errorLabel(ENGLISH, error.type)).join(", ")}.`,
    head: [header(`${connection}: ${plural(page.total, "open sync error")}${what}${shown}`)],
    items: page.items.map((error) => [errorRow(error)]),
    more: (hidden) => [
      context(`… and ${hidden} more on this page that don't fit: \`/sync errors ${name}\` with a category shows fewer.`),
    ],
    tail: actions(pageButton(connection, filter, page, "previous"), pageButton(connection, filter, page, "next")),
  });
}

/** One error group in two lines with its Details button. */
export function errorRow(error: SyncErrorReport) {
  const field = error.salesforceField ?? error.hubspotProperty;
  const where = field === null ? "" : ` · \`${crmText(field, 80)}\``;
  const named =
    error.details.rule ?? error.details.option ?? error.details.owner ?? error.details.account ?? error.details.trigger;
  const about = named === undefined ? "" : ` · ${crmText(named, 100)}`;
  return section(
    `*${errorLabel(ENGLISH, error.type)}* · ${objects(error.affectedRecords, error.object)}\n` +
      `${crmText(error.id, 20)} · ${categoryLabel(ENGLISH, error.category)} · ${directionText(error.direction)}${where}${about}`,
    detailsButton(error),
  );
}

function filterText(filter: ErrorFilter): string {
  const words = [
    ...(filter.category === undefined ? [] : [categoryLabel(ENGLISH, filter.category)]),
    ...(filter.object === undefined ? [] : [filter.object]),
  ];
  return words.length === 0 ? "" : ` in ${words.join(", ")}`;
}

function pageButton(
  connection: string,
  filter: ErrorFilter,
  page: Page<SyncErrorReport>,
  way: "previous" | "next",
): Button | null {
  const last = page.offset + page.items.length;
  if (way === "previous") {
    if (page.offset === 0) return null;
    const offset = Math.max(0, page.offset - ERRORS_PER_PAGE);
    return button("errors", "Previous", { connection, ...filter, offset }, { variant: "previous" });
  }
  if (last >= page.total || page.items.length === 0) return null;
  return button("errors", `… and ${count(page.total - last)} more`, { connection, ...filter, offset: last });
}
