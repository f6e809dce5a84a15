import { verb } from "./verb.ts";

/** Not for people: the lesson about durability starts it, to kill it while it writes. */
export const writeToStore = verb({
  name: "write-to-store",
  summary: "write documents to a store, as standard input says",
  flags: {},
  hidden: true,
  run: async (_words, _options, io) => (await import("../kits/vectors/writer.ts")).writeAsTold(io),
});
