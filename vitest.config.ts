import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 4, // the end-to-end tests mostly wait
    silent: "passed-only",
    reporters: ["default", ["json", { outputFile: "test-report.json" }]],
  },
});
