import { defineConfig } from "vitest/config";
import { EndToEndFirst } from "./test/support/sequencer.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/prepare.ts"],
    setupFiles: ["test/support/properties.ts"],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // The files of a worker share loaded modules and databases: loading them anew for each file took half of its time.
    isolate: false,
    sequence: { sequencer: EndToEndFirst },
    // End-to-end tests wait more than they compute: more of them than cores.
    maxWorkers: 4,
  },
});
