import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { findLabError } from "../errors.ts";
import { membersOf, namesIn } from "../model/model-list.ts";
import { shutdownOf, warningOf } from "../model/shutdowns.ts";
import { PROVIDERS } from "../providers.ts";

/** One thing that was looked at: whether it is well, what was seen, and what to do if it is not. */
export interface Finding {
  what: string;
  state: "good" | "bad" | "note";
  seen: string;
  remedy?: string;
}

/** The chosen model, as far as it must be known to try it. */
export interface Target {
  kind: "offline" | "live";
  baseURL: string;
  apiKey: string;
  model: string;
  wire: typeof fetch;
  /** what the wire says of the endpoint while the model is tried */
  notes: string[];
}

const good = (what: string, seen: string): Finding => ({ what, state: "good", seen });
const note = (what: string, seen: string): Finding => ({ what, state: "note", seen });
const bad = (what: string, seen: string, remedy: string): Finding => ({
  what,
  state: "bad",
  seen,
  remedy,
});

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  return isEnough
    ? good("Node", version)
    : bad("Node", version, "Install Node 20.19 or later, from nodejs.org.");
}

/** Steps keep files in a folder of their own, below the system's folder for such. */
export function checkScratch(folder = tmpdir()): Finding {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return good("folder for files", `${folder} can be written`);
  } catch {
    return bad(
      "folder for files",
      `${folder} cannot be written`,
      "Set TMPDIR to a folder that you may write to.",
    );
  }
}

/** The servers on this machine that answer at the addresses where model servers usually do. */
export async function findLocalServers(): Promise<Finding> {
  const local = Object.entries(PROVIDERS).filter(
    ([, { keyVariable }]) => keyVariable === undefined,
  );
  const found = await Promise.all(
    local.map(async ([name, { baseURL }]) => {
      try {
        const response = await fetch(`${baseURL}/models`, { signal: AbortSignal.timeout(500) });
        const names = namesIn(await response.json())?.slice(0, 4);
        return names ? [`${name}: ${names.length > 0 ? names.join(", ") : "no models yet"}`] : [];
      } catch {
        return [];
      }
    }),
  );
  const seen = found.flat().join("; ");
  return note("local servers", seen === "" ? "none running" : seen);
}

/**
 * Asks the chosen model for a word as lessons do, by the same class with the same options, and
 * times the first piece of its reply.
 */
export async function tryModel(target: Target, now = () => performance.now()): Promise<Finding> {
  const { baseURL, apiKey, model, wire, notes } = target;
  const { createModels } = await import("../model/factory.ts");
  const countTokens = () => 0;
  const models = createModels({ model, baseURL, apiKey, wire, countTokens, price: () => null });
  const started = now();
  try {
    let first: number | undefined;
    for await (const { content } of await models.chat().stream("Say hello."))
      if (content !== "") first ??= now() - started;
    const where = target.kind === "offline" ? "offline" : new URL(baseURL).host;
    const answers = `${model} (${where}) answers, its first piece after ${Math.round(first ?? 0)} ms`;
    return good("model", [answers, ...notes].join(". "));
  } catch (error) {
    const known = findLabError(error);
    if (!known) throw error;
    return bad("model", known.message, known.hint);
  }
}

/**
 * The models that are shut down soon or already: as the endpoint itself says, else by our table.
 */
export async function checkShutdowns(of: {
  baseURL: string;
  apiKey: string;
  models: readonly string[];
  /** YYYY-MM-DD */
  today: string;
  send: typeof fetch;
}): Promise<Finding[]> {
  const { baseURL, apiKey, models, today, send } = of;
  const told = await shutdownDatesAt(baseURL, apiKey, send);
  return models.flatMap((model): Finding[] => {
    const shutdown = shutdownOf(model, today, told.get(model));
    const warning = warningOf(shutdown);
    if (!shutdown || warning === undefined) return [];
    const remedy = "Choose another model with --model or LLM_LAB_MODEL.";
    const state = shutdown.days > 0 ? "note" : "bad";
    return [{ what: "shutdown", state, seen: warning, remedy }];
  });
}

/**
 * What an endpoint says of its models: a date, null for none announced; nothing of those it is
 * silent about.
 */
async function shutdownDatesAt(
  baseURL: string,
  apiKey: string,
  send: typeof fetch,
): Promise<Map<string, string | null>> {
  try {
    const response = await send(`${baseURL}/models`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(3000),
    });
    const members = membersOf(await response.json()) as { id: string; shutdown_date?: unknown }[];
    return new Map(
      members.flatMap(({ id, shutdown_date: date }) =>
        date === null || typeof date === "string" ? [[id, date] as const] : [],
      ),
    );
  } catch {
    // An endpoint without such a list says nothing; what is wrong with it, the model's own line
    // tells.
    return new Map();
  }
}
