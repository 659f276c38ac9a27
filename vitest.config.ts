import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/prepare.ts"],
    setupFiles: ["test/support/properties.ts"],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // End-to-end tests wait more than they compute: more of them than cores.
    maxWorkers: 4,
  },
});
