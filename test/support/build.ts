import { type BuildOptions, build } from "rolldown";
import config from "../../rolldown.config.mjs";

/** Builds the program once, before all tests: what they run in child processes is what is in the tree. */
export async function setup(): Promise<void> {
  await build({ ...config, logLevel: "silent" } as BuildOptions);
}
