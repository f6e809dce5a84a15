import { describe, expect, test } from "vitest";
import { ADDRESSES, AROUND } from "../test/vector/addresses.ts";
import { withoutSecrets } from "./mask.ts";

describe.each(ADDRESSES)("$typed", ({ typed, secrets, shown }) => {
  test.each(Object.entries(AROUND))("%s", (_where, around) => {
    const masked = withoutSecrets(around(typed));
    for (const secret of secrets) expect(masked).not.toContain(secret);
  });

  test("is shown without them", () => {
    if (shown !== undefined) expect(withoutSecrets(typed)).toBe(shown);
  });
});

test.each([
  "No Postgres answers at 127.0.0.1:5432/db",
  "    at open (file:///work/node_modules/@langchain/core/dist/x.js:12:3)",
  "Postgres at db.example:5432/x failed: duplicate key",
  "Write to ada@example.com; see https://example.org.",
  "Set folder=notes or k=3",
])("%s stays as it is", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});
