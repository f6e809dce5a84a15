import { defineConfig } from "rolldown";
import { pageBuild, pageOutput } from "./scripts/page-build.mjs";

/** The program of the pages that `llm-lab open` serves. */
export default defineConfig({
  ...pageBuild("page"),
  logLevel: "warn",
  output: { ...pageOutput("dist/page", "page"), cleanDir: true },
});
