import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig, terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import { choice, integer } from "../lesson/params.ts";
import { FAULTS } from "../model/fault.ts";
import { PRICES_AS_OF, priceOf, readPrices } from "../model/prices.ts";
import { loadCounter } from "../model/tokens.ts";
import { packageFile } from "../package-file.ts";
import { type OptionsOf, optional, word } from "../run/flag.ts";
import { costFlags, outputFlags, tapeFlags } from "../run/flags.ts";
import { hasKeyboard, type Io } from "../run/io.ts";
import { Ledger } from "../run/ledger.ts";
import { pickBeside } from "../stage/pick.ts";
import { EVENTS_VERSION, type LabEvent } from "../trace/events.ts";
import { Secrets, secretsIn } from "../trace/secrets.ts";
import { totalsOf } from "../trace/totals.ts";
import type { Surroundings } from "../xray/child.ts";
import { FOLDER } from "../xray/hook/lines.ts";
import type { ProxyOptions } from "../xray/proxy.ts";
import { REFUSALS } from "../xray/refusing.ts";
import { verb } from "./verb.ts";

const flags = {
  port: optional(
    "--port <number>",
    integer({ default: 8485, min: 0, max: 65_535, help: "the port; any free one if not given" }),
  ),
  out: word("--out <file>", "write events to a file, one a line, in place of showing calls"),
  model: word("--model <name>", "offline: llm-lab's own model answers, whatever is asked for"),
  full: outputFlags.full,
  report: outputFlags.report,
  record: tapeFlags.record,
  replay: tapeFlags.replay,
  fault: optional(
    "--fault <kind>",
    choice({
      default: "half-stream",
      choices: [...FAULTS, ...REFUSALS],
      help: "spoil replies as real models do, or refuse the first try of each request",
    }),
  ),
  budget: costFlags.budget,
  prices: costFlags.prices,
};
type Options = OptionsOf<typeof flags>;

/** Runs another program and shows the calls that it makes to a model. */
export const xray = verb({
  name: "xray",
  summary: "run any program, and see each call that it makes to a model",
  argument: { spec: "[program...]", help: "the program and its arguments, after --" },
  takesProgram: true,
  flags,
  notes: `Examples:
  llm-lab xray -- node app.mjs
  llm-lab xray --model offline -- npm test
  llm-lab xray --out run.jsonl -- python app.py
  llm-lab xray --port 8485             for a program that is started elsewhere

The program finds the address in OPENAI_BASE_URL. Its requests go on, as they
are, to the OPENAI_BASE_URL that was set before, or to OpenAI; without a key,
llm-lab's own model answers. Calls are shown on stderr.`,
  async run(words, options, io) {
    if (words.length === 0 && options.port === undefined)
      throw new LabError(
        "xray needs a program to run",
        "Write it after --, for example llm-lab xray -- node app.mjs; or give --port alone.",
        2,
      );
    const folder = mkdtempSync(join(tmpdir(), "llm-lab-xray-"));
    try {
      return await observe(words, options, io, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Lets a program run, or waits for one, and shows its calls; the hook writes into the folder. */
async function observe(words: string[], options: Options, io: Io, folder: string): Promise<number> {
  const { Observer } = await import("../xray/observer.ts");
  const { openThread } = await import("../xray/open-thread.ts");
  const { Hooked } = await import("../xray/hooked.ts");
  const secrets = new Secrets();
  for (const secret of secretsIn(io.environment)) secrets.add(secret);
  const live = liveOf(options);
  const { price, charge, allow } = accountOf(options, live === undefined);
  const seen: LabEvent[] = [];
  const screen = await openScreen(words, options, io);
  const emit = async (event: LabEvent) => {
    keepForTotals(event, seen);
    await screen.emit(event);
  };
  const counterFor = remembered(loadCounter);
  const now = () => performance.timeOrigin + performance.now();
  const hook = { folder, file: fileURLToPath(packageFile("dist/xray/hook.cjs")) };
  const hooked = new Hooked(folder);
  const observer = new Observer({ emit, price, charge, counterFor, secrets, hooked, now });
  const { record, replay, fault, budget, port = 0 } = options;
  const hasBudget = budget !== undefined && live !== undefined;
  const tapes = { record, replay, fault };
  const data = { live, ...tapes, port, hasBudget, secrets: secrets.values };
  const file = packageFile("dist/xray-thread.js");
  const { address, why, endpoint, close } = await openThread({ file, data, observer, allow });
  const about = { endpoint: live ? endpoint : "offline", model: null, why };
  const version = EVENTS_VERSION;
  const kind = "xray" as const;
  await emit({ type: "run-start", version, kind, ...about, pricesAsOf: PRICES_AS_OF });
  await emit(secrets.hideAll({ type: "xray-start", program: words, address }));
  if (words.length === 0) await emit({ type: "note-shown", text: hookNote(folder) });
  let isDone = false;
  try {
    const isOffline = live === undefined;
    const exitCode =
      words.length > 0 ? await runProgram(words, { address, isOffline, hook }, io) : null;
    if (exitCode === null) await untilAborted(io.signal);
    isDone = true;
    const kept = await close(io.signal.aborted);
    await observer.settled();
    if (kept !== undefined) await emit({ type: "note-shown", text: kept });
    if (observer.isUnused) await emit({ type: "note-shown", text: NO_CALL });
    const totals = totalsOf(seen);
    await emit({ type: "xray-end", exitCode, totals, ...observer.counts });
    return exitCode ?? 0;
  } finally {
    if (!isDone) await close(true);
    await screen.close();
  }
}

const hookNote = (folder: string) =>
  `A LangChain.js program tells its chains, too, with ${FOLDER}=${folder} and node --import llm-lab/xray.`;

const NO_CALL =
  "No call came by. If the program makes any, its address may be set in its code (baseURL, configuration): let it read OPENAI_BASE_URL.";

/** The real endpoint; undefined where the offline one answers, or a tape. */
function liveOf({ model, replay }: Options) {
  if (model !== undefined && model !== "offline")
    throw new LabError(
      `xray leaves the model to the program, and cannot ask for ${model}`,
      "Choose it in the program, or use --model offline.",
      2,
    );
  if (replay !== undefined) return undefined;
  const { endpoint, proxies } = loadConfig({ flags: { model } });
  return endpoint.kind === "live" ? { baseURL: endpoint.baseURL, proxies } : undefined;
}

/** What calls cost, and which of them the budget lets pass. */
function accountOf({ budget, prices }: Options, isOffline: boolean) {
  const own = prices === undefined ? undefined : readPrices(prices);
  const ledger = new Ledger(budget);
  const price = (model: string, input: number, output: number, cached: number) =>
    isOffline ? null : priceOf(model, input, output, own, cached);
  const allow: ProxyOptions["allow"] = async (sent) => {
    if (budget === undefined || isOffline) return;
    if (price(sent.model, 1, 1, 0) === null)
      throw new LabError(
        `No price is known for ${sent.model}, so no budget can be kept`,
        "Give prices of your own with --prices.",
      );
    const count = await loadCounter(sent.model);
    const texts =
      sent.kind === "embedding" ? sent.texts : sent.messages.map(({ content }) => content);
    const tokens = texts.reduce((sum, text) => sum + count(text), 0);
    ledger.allow(price(sent.model, tokens, 0, 0));
  };
  return { price, allow, charge: (dollars: number | null) => ledger.charge(dollars) };
}

/** Where calls are shown; with --out, a file has them, and the screen only what was found. */
async function openScreen(words: string[], options: Options, io: Io) {
  const screen = await openTold(words, options, io);
  if (options.report === undefined) return screen;
  const { reported } = await import("../run/reported.ts");
  const whole = "xray --out run.jsonl writes the whole run, an event a line.";
  return reported(screen, { path: options.report, io, whole });
}

async function openTold(words: string[], { out, full }: Options, { stdout, stderr }: Io) {
  const other = words.length === 0 ? undefined : stdout;
  const facts = terminalFacts();
  const stage = await pickBeside({ facts, output: stderr, unfolded: full, other });
  if (out === undefined) return stage;
  const { openOutFile } = await import("../xray/out-file.ts");
  const file = await openOutFile(out);
  const told = new Set(["run-start", "trap-found", "note-shown", "xray-end"]);
  return {
    async emit(event: LabEvent) {
      await file.emit(event);
      if (told.has(event.type) || (event.type === "xray-start" && words.length === 0))
        await stage.emit(event);
    },
    close: () => file.close(),
  };
}

async function runProgram(words: string[], surroundings: Surroundings, io: Io) {
  const { childEnvironment, runChild } = await import("../xray/child.ts");
  return runChild({
    words,
    env: childEnvironment(io.environment, surroundings),
    hasKeyboard: hasKeyboard(io),
    takeSignals: io.takeSignals,
  });
}

/** Keeps what totals are made of, without the prompts. */
function keepForTotals(event: LabEvent, seen: LabEvent[]): void {
  if (event.type === "call-start") seen.push({ ...event, messages: [] });
  if (event.type === "call-end") seen.push({ ...event, text: "" });
  if (event.type === "texts-embedded") seen.push(event);
}

function remembered<T>(load: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const value = known.get(name) ?? load(name);
    known.set(name, value);
    return value;
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}
