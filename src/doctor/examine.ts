import { type Config, type Flags, loadConfig } from "../config.ts";
import { findLabError } from "../errors.ts";
import { openTransport, proxyFor } from "../model/transport.ts";
import type { Setting } from "../settings.ts";
import {
  checkNode,
  checkScratch,
  checkShutdowns,
  type Finding,
  findLocalServers,
  tryModel,
} from "./checks.ts";
import { findMissingParts, findStores } from "./stores.ts";

/**
 * Looks at what lessons need; `terminal` is what the stage says about itself, `today` the day
 * (YYYY-MM-DD).
 */
export async function examine(flags: Flags, terminal: Finding, today: string): Promise<Finding[]> {
  const findings = [
    checkNode(process.version),
    terminal,
    checkScratch(),
    ...(await findMissingParts()),
    ...(await findStores()),
  ];
  let config: Config;
  try {
    config = loadConfig({ flags });
  } catch (error) {
    const known = findLabError(error);
    if (!known) throw error;
    return [
      ...findings,
      { what: "settings", state: "bad", seen: known.message, remedy: known.hint },
    ];
  }
  const [local, model, shutdowns] = await Promise.all([
    findLocalServers(),
    modelOf(config),
    shutdownsOf(config, today),
  ]);
  return [...findings, ...settingsIn(config), ...proxyOf(config), local, model, ...shutdowns];
}

/** Findings as a table, for a lesson. */
export function findingsTable(findings: readonly Finding[]) {
  const rows = findings.map(({ what, state, seen, remedy }) => [
    MARKS[state],
    what,
    remedy ? `${seen}. ${remedy}` : seen,
  ]);
  return { title: "llm-lab doctor", columns: ["", "what", "seen"], rows };
}

/** Findings as lines of text. */
export function findingsText(findings: readonly Finding[]): string {
  return findings.map(lineOf).join("");
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

async function modelOf(config: Config): Promise<Finding> {
  const { endpoint, model, timeoutMs, proxies, account } = config;
  if (endpoint.kind === "live") {
    const { liveWire } = await import("../model/wire.ts");
    const notes: string[] = [];
    const { keyOrigin } = endpoint;
    const wire = liveWire({
      timeoutMs,
      keyOrigin,
      proxies,
      account,
      onNote: (text) => void notes.push(text.replace(/\.$/, "")),
      onRefused: ({ parameter, instead }) =>
        void notes.push(
          instead === undefined
            ? `It does not take ${parameter}, which is left out`
            : `It takes ${instead} in place of ${parameter}`,
        ),
    });
    return tryModel({ ...endpoint, model, wire, notes });
  }
  const { offlineWire } = await import("../offline/app.ts");
  const { loadCounter } = await import("../model/tokens.ts");
  const wire = offlineWire({ countTokens: await loadCounter(model) });
  const nowhere = { baseURL: "http://offline.invalid/v1", apiKey: "none" };
  return tryModel({ kind: "offline", ...nowhere, model, wire, notes: [] });
}

/** The proxy on the way to the endpoint, without its password. */
function proxyOf({ endpoint, proxies }: Config): Finding[] {
  if (endpoint.kind !== "live") return [];
  const proxy = proxyFor(new URL(endpoint.baseURL), proxies);
  if (proxy === undefined) return [];
  return [{ what: "proxy", state: "note", seen: `requests go through ${new URL(proxy).host}` }];
}

/** Whether a model of the settings is shut down soon; of those that live on, nothing is said. */
async function shutdownsOf(config: Config, today: string): Promise<Finding[]> {
  const { endpoint, model, baseModel, embeddingModel } = config;
  if (endpoint.kind !== "live") return [];
  const names = [model, baseModel, embeddingModel].filter((name) => name !== undefined);
  const send = openTransport(config.proxies);
  return checkShutdowns({ ...endpoint, models: names, today, send });
}

const MARKS = { good: "✓", bad: "✗", note: "·" };

function lineOf({ what, state, seen, remedy }: Finding): string {
  const head = `${MARKS[state]} ${what}: ${seen.replace(/\.$/, "")}.\n`;
  return remedy ? `${head}  ${remedy}\n` : head;
}
