/** Writes docs/stores.md, the table of which store holds what: `npm run docs:stores`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const bundle = await rolldown({
  input: path("../test/vector/claims.ts"),
  platform: "node",
  // The engines themselves are loaded when they are opened, which the page does not do.
  external: (_id, importer) => importer?.endsWith("engines.ts") ?? false,
});
const { output } = await bundle.generate({ format: "esm" });
const code = Buffer.from(output[0].code).toString("base64");
const { storesPage } = await import(`data:text/javascript;base64,${code}`);
mkdirSync(path("../docs"), { recursive: true });
writeFileSync(path("../docs/stores.md"), storesPage());
