import { describe, expect, test } from "vitest";
import { createLimiter } from "../../src/hubspot/limiter.ts";

/** Time that passes only while the limiter sleeps. */
function limiterInTime() {
  const time = { ms: 0 };
  const limiter = createLimiter({
    elapsed: () => time.ms,
    sleep: async (ms) => {
      time.ms += ms;
    },
  });
  return { time, limiter };
}

describe("the limiter", () => {
  test("lets four searches through in any second", async () => {
    const { time, limiter } = limiterInTime();
    const times: number[] = [];
    for (let call = 0; call < 9; call++) {
      await limiter.turn("search");
      times.push(time.ms);
    }
    expect(times).toEqual([0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 2_000]);
  });

  test("lets ninety other calls through in ten seconds until the headers name another limit", async () => {
    const { time, limiter } = limiterInTime();
    for (let call = 0; call < 90; call++) await limiter.turn("other");
    expect(time.ms).toBe(0);
    await limiter.turn("other");
    expect(time.ms).toBe(10_000);

    limiter.note(new Headers({ "X-HubSpot-RateLimit-Max": "10", "X-HubSpot-RateLimit-Interval-Milliseconds": "1000" }));
    const before = time.ms;
    for (let call = 0; call < 10; call++) await limiter.turn("other");
    expect(time.ms - before).toBe(1_000);
  });

  test("keeps searches and other calls apart", async () => {
    const { time, limiter } = limiterInTime();
    for (let call = 0; call < 4; call++) await limiter.turn("search");
    await limiter.turn("other");
    expect(time.ms).toBe(0);
  });

  test("holds a kind back as long as it is told, for everyone who waits", async () => {
    const { time, limiter } = limiterInTime();
    limiter.hold("other", 10_000);
    await Promise.all([limiter.turn("other"), limiter.turn("other"), limiter.turn("search")]);
    expect(time.ms).toBe(10_000);
  });
});
