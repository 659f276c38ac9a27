import { linkOf } from "../native-sync/matching.ts";
import { TASK_SUBJECTS } from "./names.ts";
import type { Random } from "./random.ts";
import { seedSalesforce } from "./seeding.ts";
import type { World } from "./world.ts";

const DAY_MS = 86_400_000;

/** Tasks about some of the contacts, each with its Salesforce task. */
export function createTasks(world: World, random: Random, count: number): void {
  const contacts = [...world.account.records("contacts")].filter((contact) => linkOf(contact)?.salesforceObject === "Contact");
  for (const contact of contacts.slice(0, count)) {
    const link = linkOf(contact);
    const owner = random.pick(world.salesPeople);
    const subject = `${random.pick(TASK_SUBJECTS)} ${contact.properties.firstname}`;
    const due = new Date(Math.floor(world.clock.now().getTime() / DAY_MS + random.integer(1, 20)) * DAY_MS).toISOString();
    const written = world.account.create(
      "tasks",
      { hs_task_subject: subject, hs_timestamp: due, hs_task_status: "NOT_STARTED", hubspot_owner_id: owner.ownerId },
      "CRM_UI",
    );
    if (!written.ok) throw new Error(`The world's task can't be made: ${written.refusal.message}`);
    world.account.associations.associate(written.record, contact);
    seedSalesforce(world, "Task", {
      Subject: subject,
      ActivityDate: due.slice(0, 10),
      Status: "Not Started",
      WhoId: link?.salesforceId ?? null,
      OwnerId: owner.user.id,
    });
  }
}
