import { expect, test } from "vitest";
import { openLocalWorld } from "../../support/local-world.ts";

test("an owner whose Salesforce user owns nothing yet is told apart from the one before", async () => {
  const local = await openLocalWorld({ contacts: 30 });
  try {
    const { world, play, store, poll, sync } = local;
    await poll();
    const email = "new.hire@acme.example";
    world.org.addUser({ username: email, name: "New Hire", email, isActive: false, userType: "Standard" });
    const owner = world.account.addOwner({ email, firstName: "New", lastName: "Hire", archived: false });
    const [contact] = play.linked("Contact", 1);
    if (!contact) throw new Error("The world has no linked contact.");
    play.editHubSpot(contact.hubspot, { hubspot_owner_id: owner.id });
    sync.look();
    const errors = () => store.db.selectFrom("sync_error").select(["type", "resolved_at"]).execute();
    for (let round = 0; round < 40 && (await errors()).length === 0; round += 1) await poll();
    expect(await errors()).toEqual([{ type: "inactive-owner", resolved_at: null }]);
  } finally {
    await local.close();
  }
});
