import { compileCacheFolder, environment, quietPackages } from "../config.ts";

/** Settings of the user's: a model, an address, a key, a database. */
const OWN = /^(?:LLM_LAB|OPENAI|LANGSMITH|LANGCHAIN|POSTGRES|QDRANT|[A-Z]+_API_KEY)/;

/**
 * What the processes of `verify` may see: nothing of the user's settings, so that lessons are
 * played as they ship; what they keep goes into a folder.
 */
export function verifyEnvironment(folder: string): Record<string, string | undefined> {
  const given = environment();
  const env = Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.test(name)));
  quietPackages(env);
  const cache = compileCacheFolder(given);
  return { ...env, LLM_LAB_DATA: folder, ...(cache && { NODE_COMPILE_CACHE: cache }) };
}
