import { matchers } from "./main.ts";
import type { LabMatchers } from "./types.ts";

// Imported for what it does: expect, which Jest makes a global, has the matchers afterwards.
const { expect } = globalThis as unknown as { expect: { extend(given: typeof matchers): void } };
expect.extend(matchers);

// biome-ignore lint/suspicious/noTsIgnore: the module is there for users of Jest, and not here
// @ts-ignore
declare module "expect" {
  interface Matchers<R extends void | Promise<void>> extends LabMatchers<R> {}
}
