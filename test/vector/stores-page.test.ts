import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storesPage } from "./claims.ts";

test("docs/stores.md is what npm run docs:stores writes", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/stores.md"), "utf8")).toBe(
    storesPage(),
  );
});
