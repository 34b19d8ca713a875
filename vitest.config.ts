import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000, // a net under what hangs; a busy machine is no failure
    hookTimeout: 60_000,
    maxWorkers: 4, // the end-to-end tests mostly wait
    silent: "passed-only",
    reporters: ["default", ["json", { outputFile: "test-report.json" }]],
  },
});
