import { join } from "node:path";
import { dataFolder, namedSettings, terminalFacts } from "../config.ts";
import type { Ports } from "../kits/all.ts";
import { isTiny } from "../model/names.ts";
import { dayOf } from "../model/shutdowns.ts";
import { loadEncoding } from "../model/tokens.ts";
import { describeTerminal } from "../stage/pick.ts";
import { STORE_VARIABLES } from "../vector/engines.ts";
import type { RunOptions } from "./flags.ts";
import type { Io } from "./io.ts";
import type { Run } from "./open.ts";

/**
 * What the kits of a lesson's sections need from the run; each port is made when a section asks for
 * its kit.
 */
export function portsOf(run: Run, options: RunOptions & { store?: string }, io: Io): Ports {
  const { model } = run.about;
  return {
    bases: () => ({ baseModels: run.baseModels }),
    checkup: () => ({
      examine: async () => {
        const { examine, findingsTable } = await import("../doctor/examine.ts");
        const terminal = describeTerminal(terminalFacts(), io.stdout);
        return findingsTable(await examine(options, terminal, dayOf(io.now())));
      },
    }),
    encoder: () => ({}),
    endpoints: () => ({}),
    tokenizers: () => ({
      model,
      isTiny,
      splitTokens: async (text) => (await run.connect()).tokenizer.split(text),
      countIn: async (encoding, text) => (await loadEncoding(encoding)).count(text),
    }),
    training: () => ({
      signal: io.signal,
      keptAt: join(dataFolder(), "lesson-training.ckpt"),
      part(sentence) {
        io.parting = sentence;
      },
    }),
    vectors: () => ({
      store: options.store,
      settings: namedSettings(STORE_VARIABLES),
      model: run.embedding.model ?? model,
      signal: io.signal,
      program: io.program,
    }),
  };
}
