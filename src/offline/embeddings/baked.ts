import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chapters } from "../../handbook/handbook.ts";
import { packageFile } from "../../package-file.ts";
import { once } from "../once.ts";
import { EVERYDAY } from "./lexicon/everyday.ts";
import { FIELD } from "./lexicon/field.ts";

/** What the build works out of the lexicon and the handbook, so that a first vector comes soon. */
export interface Baked {
  names: string[];
  ofField: number;
  /** phrases of stems, and the concepts of each */
  phrases: [phrase: string, concepts: number[]][];
  /** how many passages the handbook has, and how many of them have each stem or concept */
  passages: number;
  having: [feature: string | number, count: number][];
}

/** What the build has written, if it was of this lexicon and this handbook. */
export const baked = once((): Baked | undefined => {
  const file = packageFile("dist/encoder/lexicon.json");
  if (!existsSync(file)) return undefined;
  const { of, ...found }: Baked & { of: string } = JSON.parse(readFileSync(file, "utf8"));
  return of === sourcesHash() ? found : undefined;
});

/** The file that the build writes. */
export function bakedText(found: Baked): string {
  return JSON.stringify({ of: sourcesHash(), ...found });
}

function sourcesHash(): string {
  const hash = createHash("sha256").update(FIELD).update(EVERYDAY);
  for (const { markdown } of chapters()) hash.update(markdown);
  return hash.digest("hex");
}
