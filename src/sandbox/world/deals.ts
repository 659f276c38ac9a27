import type { Company } from "./companies.ts";
import { DEAL_SUBJECTS } from "./names.ts";
import type { Random } from "./random.ts";
import { DEAL_PIPELINE, DEAL_RECORD_TYPE, OTHER_PIPELINE, STAGES } from "./schema.ts";
import { seedHubSpot, seedSalesforce } from "./seeding.ts";
import type { World } from "./world.ts";

const DAY_MS = 86_400_000;

/** Deals in step with opportunities, and a few in a pipeline that doesn't sync. */
export function createDeals(world: World, random: Random, companies: readonly Company[], count: number): void {
  for (let index = 0; index < count; index++) {
    if (random.chance(0.04)) createUnsyncedDeal(world, random, random.pick(companies));
    else createDeal(world, random, random.pick(companies));
  }
}

function createDeal(world: World, random: Random, company: Company): void {
  const name = `${company.name}: ${random.pick(DEAL_SUBJECTS)}`;
  const stage = random.pick(STAGES);
  const amount = random.integer(5, 400) * 1_000;
  const days = stage.closed ? -random.integer(5, 300) : random.integer(10, 200);
  const closeDate = new Date(Math.floor(world.clock.now().getTime() / DAY_MS + days) * DAY_MS).toISOString();
  const opportunity = seedSalesforce(world, "Opportunity", {
    Name: name,
    StageName: stage.name,
    Amount: amount,
    CloseDate: closeDate.slice(0, 10),
    AccountId: company.accountId,
    OwnerId: company.owner.user.id,
    RecordTypeId: recordType(world),
  });
  const deal = seedHubSpot(world, "deals", {
    dealname: name,
    pipeline: DEAL_PIPELINE.id,
    dealstage: stageId(world, DEAL_PIPELINE.id, stage.name),
    amount: String(amount),
    closedate: closeDate,
    hubspot_owner_id: company.owner.ownerId,
    hs_salesforceopportunityid: opportunity.id,
  });
  world.account.associations.associate({ object: "companies", id: company.companyId }, deal);
}

function recordType(world: World): string | null {
  for (const { id, fields } of world.org.records("RecordType")) if (fields.Name === DEAL_RECORD_TYPE) return id;
  return null;
}

function createUnsyncedDeal(world: World, random: Random, company: Company): void {
  const written = world.account.create(
    "deals",
    {
      dealname: `${company.name}: ${random.pick(DEAL_SUBJECTS)}`,
      pipeline: OTHER_PIPELINE.id,
      dealstage: stageId(world, OTHER_PIPELINE.id, "Introduced"),
      hubspot_owner_id: company.owner.ownerId,
    },
    "CRM_UI",
  );
  if (!written.ok) throw new Error(`The world's deal can't be made: ${written.refusal.message}`);
}

function stageId(world: World, pipelineId: string, label: string): string {
  const pipeline = world.account.pipelines().find((candidate) => candidate.id === pipelineId);
  const stage = pipeline?.stages.find((candidate) => candidate.label === label);
  if (!stage) throw new Error(`Pipeline ${pipelineId} has no stage "${label}"`);
  return stage.id;
}
