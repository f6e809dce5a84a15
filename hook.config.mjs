import { defineConfig } from "rolldown";

/**
 * What a program under xray loads before itself, in CommonJS: every Node can be told to load that.
 */
export default defineConfig({
  input: { hook: "src/xray/hook/main.ts" },
  platform: "node",
  logLevel: "warn",
  output: { dir: "dist/xray", format: "cjs", entryFileNames: "[name].cjs", keepNames: true },
});
