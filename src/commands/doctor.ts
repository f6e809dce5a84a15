import { jsonOf } from "../clean.ts";
import { terminalFacts } from "../config.ts";
import { dayOf } from "../model/shutdowns.ts";
import { toggle } from "../run/flag.ts";
import { endpointFlags } from "../run/flags.ts";
import { print } from "../run/io.ts";
import { verb } from "./verb.ts";

const { model, timeout } = endpointFlags;

/** Looks at what lessons need, and says what to do where something is missing. */
export const doctor = verb({
  name: "doctor",
  summary: "look at what lessons need, and say what is missing",
  flags: { model, timeout, json: toggle("--json", "print the findings as JSON") },
  async run(_words, options, io) {
    const { examine, findingsText } = await import("../doctor/examine.ts");
    const { describeTerminal } = await import("../stage/pick.ts");
    const terminal = describeTerminal(terminalFacts(), io.stdout);
    const findings = await examine(options, terminal, dayOf(io.now()));
    print(io, options.json ? `${jsonOf(findings, 2)}\n` : findingsText(findings));
    return findings.some(({ state }) => state === "bad") ? 1 : 0;
  },
});
