import { expect } from "vitest";
import { matchers } from "./main.ts";
import type { LabMatchers } from "./types.ts";

// Imported for what it does: expect has the matchers afterwards.
expect.extend(matchers);

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest has it
  interface Matchers<T = any> extends LabMatchers {}
}
