import { type Config, loadConfig, type Setting, terminalFacts } from "../config.ts";
import {
  checkNode,
  checkScratch,
  type Finding,
  findLocalServers,
  tryModel,
} from "../doctor/checks.ts";
import { findLabError } from "../errors.ts";
import { loadCounter } from "../model/tokens.ts";
import { liveWire } from "../model/wire.ts";
import { offlineWire } from "../offline/app.ts";
import type { CommonOptions, Io } from "../run/io.ts";
import { findStores } from "../run/stores.ts";
import { describeTerminal } from "../stage/pick.ts";

/** Looks at what lessons need, and says what to do where something is missing; returns the exit code. */
export async function doctor(options: CommonOptions & { json?: boolean }, io: Io): Promise<number> {
  const findings = await findingsFor(options, io);
  if (options.json) io.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else io.stdout.write(findings.map(lineOf).join(""));
  return findings.some(({ state }) => state === "bad") ? 1 : 0;
}

/** The same findings as a table, for a lesson. */
export async function doctorTable(options: CommonOptions, io: Io) {
  const findings = await findingsFor(options, io);
  const rows = findings.map(({ what, state, seen, remedy }) => [
    MARKS[state],
    what,
    remedy ? `${seen}. ${remedy}` : seen,
  ]);
  return { title: "llm-lab doctor", columns: ["", "what", "seen"], rows };
}

async function findingsFor(options: CommonOptions, io: Io): Promise<Finding[]> {
  const findings = [
    checkNode(process.version),
    describeTerminal(terminalFacts(), io.stdout),
    checkScratch(),
    ...(await findStores()),
  ];
  let config: Config;
  try {
    config = loadConfig({ flags: options });
  } catch (error) {
    const known = findLabError(error);
    if (!known) throw error;
    return [
      ...findings,
      { what: "settings", state: "bad", seen: known.message, remedy: known.hint },
    ];
  }
  return [...findings, ...settingsIn(config), await findLocalServers(), await modelOf(config)];
}

/** Each setting with where it was made; of a key only its end. */
function settingsIn({ settings: { model, key, url }, why }: Config): Finding[] {
  const line = (what: string, setting: Setting | undefined, seen?: string): Finding[] =>
    setting ? [{ what, state: "good", seen: `${seen ?? setting.value} (${setting.origin})` }] : [];
  return [
    ...line("key", key, key && `…${key.value.slice(-4)}`),
    ...line("address", url),
    ...line("chosen model", model),
    { what: "so", state: "note", seen: why },
  ];
}

async function modelOf({ endpoint, model, timeoutMs }: Config): Promise<Finding> {
  if (endpoint.kind === "live") {
    const wire = liveWire({ timeoutMs, keyOrigin: endpoint.keyOrigin });
    return tryModel({ ...endpoint, model, timeoutMs, wire });
  }
  const wire = offlineWire({ countTokens: await loadCounter(model) });
  return tryModel({
    kind: "offline",
    baseURL: "http://offline.invalid/v1",
    apiKey: "none",
    model,
    timeoutMs,
    wire,
  });
}

const MARKS = { good: "✓", bad: "✗", note: "·" };

function lineOf({ what, state, seen, remedy }: Finding): string {
  const head = `${MARKS[state]} ${what}: ${seen.replace(/\.$/, "")}.\n`;
  return remedy ? `${head}  ${remedy}\n` : head;
}
