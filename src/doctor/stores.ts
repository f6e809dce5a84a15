import { namedSettings } from "../config.ts";
import { findLabError } from "../errors.ts";
import { requireSqlite } from "../sqlite.ts";
import { ENGINES, requireDefault, STORE_VARIABLES } from "../vector/engines.ts";
import { locateBySettings } from "../vector/locate.ts";
import type { Finding } from "./checks.ts";

/**
 * Names the packages with a native part that are missing; of those that are there, nothing is said.
 */
export async function findMissingParts(): Promise<Finding[]> {
  const parts: [what: string, load: () => void | Promise<void>][] = [
    ["store lancedb", requireDefault],
    ["SQLite", requireSqlite],
  ];
  const findings = parts.map(async ([what, load]): Promise<Finding[]> => {
    try {
      await load();
      return [];
    } catch (error) {
      const known = findLabError(error);
      if (!known) throw error;
      return [{ what, state: "bad", seen: known.message, remedy: known.hint }];
    }
  });
  return (await Promise.all(findings)).flat();
}

/** Tries the servers that the settings name; those that nothing names are left out. */
export async function findStores(): Promise<Finding[]> {
  const settings = namedSettings(STORE_VARIABLES);
  const findings = ENGINES.map(async (engine): Promise<Finding[]> => {
    const what = `store ${engine.name}`;
    try {
      const location = locateBySettings(engine, settings);
      if (!location || !engine.reach) return [];
      const answered = await engine.reach(location);
      const { origin } = settings[engine.settings.address ?? ""] ?? {};
      return [{ what, state: "good", seen: `${answered} answers at ${location.at} (${origin})` }];
    } catch (error) {
      const known = findLabError(error);
      if (!known) throw error;
      return [{ what, state: "bad", seen: known.message, remedy: known.hint }];
    }
  });
  return (await Promise.all(findings)).flat();
}
