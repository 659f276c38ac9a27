import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/properties.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // End-to-end tests wait more than they compute: more of them than cores.
    maxWorkers: 4,
  },
});
