import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { readEnvFile } from "./env-file.ts";
import { LabError } from "./errors.ts";
import { splitModel } from "./providers.ts";
import { type Proxies, readProxies } from "./proxies.ts";
import { checkKey, checkTimeout, checkUrl, type Setting, unquoted } from "./settings.ts";

type NamedModel = NonNullable<ReturnType<typeof splitModel>>;
type Env = Record<string, string | undefined>;

type Endpoint =
  | { kind: "offline" }
  | { kind: "live"; baseURL: string; apiKey: string; keyOrigin: string; urlOrigin: string };

/** What a run needs to know: flags win over the environment, and the environment over `.env`. */
export interface Config {
  endpoint: Endpoint;
  model: string;
  /** one sentence: which model runs, and why this one */
  why: string;
  /** the longest silence of an endpoint that is waited for */
  timeoutMs: number;
  /** the models for completing text and for embeddings, where they are named */
  baseModel?: string;
  embeddingModel?: string;
  /** the proxies that the environment names; a folder's `.env` cannot send requests through one */
  proxies: Proxies;
  /** whom OpenAI bills, where OpenAI is asked */
  account: { organization?: string; project?: string };
  /** the settings that decided it, as they were found */
  settings: { model?: Setting; key?: Setting; url?: Setting };
}

export interface Flags {
  model?: string;
  embeddingModel?: string;
  timeout?: string;
}

const OFFLINE_MODEL = "offline-tutor";
export const DEFAULT_LIVE_MODEL = "gpt-6-luna";
export const OPENAI_URL = "https://api.openai.com/v1";
const OPENAI_HOST = new URL(OPENAI_URL).host;

/** Whether an address is OpenAI's own, by https. */
function isOpenAi(url: Setting | undefined): boolean {
  const { host, protocol } = new URL(url?.value ?? OPENAI_URL);
  return host === OPENAI_HOST && protocol === "https:";
}

/**
 * Reads the settings.
 *
 * @throws LabError with exit code 2 for a setting that cannot be used; it never prints a key
 */
export function loadConfig({
  flags = {},
  env = process.env,
  envFile = ".env",
  isKeyAgreed = false,
}: {
  flags?: Flags;
  /** whether the key may go to an address that only the folder's `.env` names */
  isKeyAgreed?: boolean;
  env?: Env;
  envFile?: string;
} = {}): Config {
  const setting = settingsIn(env, envFile);
  const find = (name: string, flag = "", flagValue = ""): Setting | undefined =>
    unquoted(
      flagValue.trim() === ""
        ? setting(name)
        : { value: flagValue.trim(), origin: flag, isInFile: false },
    );

  const model = find("LLM_LAB_MODEL", "--model", flags.model);
  const timeoutMs = checkTimeout(find("LLM_LAB_TIMEOUT", "--timeout", flags.timeout));
  const named = model && splitModel(model.value);
  const baseModel = find("LLM_LAB_BASE_MODEL")?.value;
  const embeddingModel = find(
    "LLM_LAB_EMBEDDING_MODEL",
    "--embedding-model",
    flags.embeddingModel,
  )?.value;
  const key = checkKey(find("OPENAI_API_KEY"));
  const url = checkUrl(find("OPENAI_BASE_URL"));
  // Elsewhere they are sent only where the same file names them beside the address.
  const ofAccount = (name: string) => {
    const setting = named ? undefined : find(name);
    const isBeside = setting?.isInFile && url?.isInFile;
    return isOpenAi(url) || isBeside ? setting?.value : undefined;
  };
  const account = {
    organization: ofAccount("OPENAI_ORGANIZATION") ?? ofAccount("OPENAI_ORG_ID"),
    project: ofAccount("OPENAI_PROJECT_ID"),
  };
  const common = { timeoutMs, baseModel, embeddingModel, proxies: readProxies(env), account };
  if (model && named) {
    const own = named.provider.keyVariable && checkKey(find(named.provider.keyVariable));
    return {
      ...common,
      settings: { model, key: own || undefined, url: undefined },
      ...chooseProvider(model, named, own || undefined),
    };
  }
  const chosen = chooseModel(model, key, url);
  const isForeign = url?.isInFile && key && !key.isInFile;
  if (chosen.endpoint.kind === "live" && isForeign && !isOpenAi(url) && !isKeyAgreed)
    throw new ForeignAddress(url, key);
  return { ...common, settings: { model, key, url }, ...chosen };
}

/** A folder's `.env` names an address, and the key was set for all folders: it may be a trap. */
export class ForeignAddress extends LabError {
  readonly question: string;

  constructor(url: Setting, key: Setting) {
    super(
      `${url.origin} names an address that ${key.origin} was not set for, so the key is not sent there`,
      "Write OPENAI_API_KEY into the same file, set OPENAI_BASE_URL in the environment, or use --model offline.",
      2,
    );
    const { host } = new URL(url.value);
    this.question = `${url.origin} sends requests to ${host}, and the key is ${key.origin}. Send the key to ${host}?`;
  }
}

/**
 * Where Node keeps the compiled program; undefined where NODE_COMPILE_CACHE names another folder.
 * It is not the temporary folder, because others could write there.
 */
export function compileCacheFolder(env: Env = process.env): string | undefined {
  if (env.NODE_COMPILE_CACHE) return undefined;
  const base = env.XDG_CACHE_HOME || env.LOCALAPPDATA || (env.HOME && join(env.HOME, ".cache"));
  return base && isAbsolute(base) ? join(base, "llm-lab") : undefined;
}

/** Where llm-lab keeps what outlasts a run: an index, a training that was interrupted. */
export function dataFolder(env: Env = process.env): string {
  return (
    env.LLM_LAB_DATA || join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "llm-lab")
  );
}

/**
 * Reads settings by their variables' names, such as those of vector stores: an address with a
 * password is better kept here than typed. `isInFile` tells a folder's `.env` from what the user
 * set for all folders.
 */
export function namedSettings(
  names: readonly string[],
  { env = process.env, envFile = ".env" }: { env?: Env; envFile?: string } = {},
): Record<string, Setting> {
  const setting = settingsIn(env, envFile);
  const found = names.flatMap((name) => {
    const one = setting(name);
    return one ? [[name, one] as const] : [];
  });
  return Object.fromEntries(found);
}

/** What the surroundings say about colour and people, for choosing a stage. */
export interface TerminalFacts {
  /** false or true where it was asked for, undefined where the terminal decides */
  color: boolean | undefined;
  dumb: boolean;
  ci: boolean;
  /** COLUMNS and LINES, for a pipe, and for a terminal that does not know its size */
  columns: number | undefined;
  rows: number | undefined;
}

export function terminalFacts(env: Env = process.env): TerminalFacts {
  const dumb = env.TERM === "dumb";
  const forced =
    env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return {
    color: env.NO_COLOR || dumb ? false : forced ? true : undefined,
    dumb,
    ci: env.CI !== undefined && env.CI !== "" && env.CI !== "false",
    columns: sizeIn(env.COLUMNS, 20),
    rows: sizeIn(env.LINES, 4),
  };
}

function sizeIn(typed: string | undefined, least: number): number | undefined {
  const size = Number(typed);
  return Number.isInteger(size) && size >= least ? size : undefined;
}

/**
 * Keeps packages from obeying variables that were set for other programs: LangSmith's tracing,
 * LangChain's verbose mode, and the OpenAI client's log, gateway and extra headers.
 */
export function quietPackages(env: Env = process.env, keepTracing = false): void {
  if (!keepTracing) silenceTracing(env);
  for (const name of [
    "LANGCHAIN_VERBOSE",
    "LANGSMITH_GATEWAY",
    "OPENAI_LOG",
    "OPENAI_CUSTOM_HEADERS",
    // makes the content of messages a list, where lessons and memories expect text
    "LC_OUTPUT_VERSION",
  ]) {
    delete env[name];
  }
}

/** All variables, for what names an editor or a tool of the learner's, and for programs. */
export const environment = (): Env => ({ ...process.env });

/** What the process of an exercise may see: no key of the learner's, and no address outside. */
export function exerciseEnvironment(given: Env = process.env): Env {
  const env = { ...given };
  quietPackages(env);
  return { ...env, OPENAI_API_KEY: "offline", OPENAI_BASE_URL: "http://offline.invalid/v1" };
}

function silenceTracing(env: Env): void {
  for (const name of [
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
  ]) {
    env[name] = "false";
  }
}

function chooseModel(
  model: Setting | undefined,
  key: Setting | undefined,
  url: Setting | undefined,
) {
  const reason = url ?? key;
  if (model?.value.startsWith("tiny:")) {
    const why = `the tutor answers, and the tiny model ${model.value.slice(5)} continues text where a lesson uses a base model (${model.origin})`;
    return {
      endpoint: { kind: "offline" } as const,
      model: OFFLINE_MODEL,
      baseModel: model.value,
      why,
    };
  }
  if (model?.value === "offline" || (!model && !reason)) {
    const why = reason
      ? `offline, as ${model?.origin} says, although there is ${reason.origin}`
      : "offline: no key and no network needed";
    return { endpoint: { kind: "offline" } as const, model: OFFLINE_MODEL, why };
  }
  if (!reason) {
    throw new LabError(
      `The model ${model?.value} (${model?.origin}) needs an endpoint`,
      "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or use --model offline.",
      2,
    );
  }
  const baseURL = url?.value ?? OPENAI_URL;
  const name = model?.value ?? DEFAULT_LIVE_MODEL;
  const because = model ? model.origin : reason.origin;
  return {
    // A local server mostly wants no key, but the client insists on one.
    endpoint: {
      kind: "live" as const,
      baseURL,
      apiKey: key?.value ?? "none",
      keyOrigin: key?.origin ?? "OPENAI_API_KEY, which is not set",
      urlOrigin: url?.origin ?? "OpenAI",
    },
    model: name,
    why: `${name} at ${new URL(baseURL).host}, because of ${because}; --model offline costs nothing`,
  };
}

/** A provider by its name: its own address and its own key, never another's. */
function chooseProvider(
  setting: Setting,
  { provider, providerName, model }: NamedModel,
  key: Setting | undefined,
) {
  if (provider.keyVariable && !key) {
    throw new LabError(
      `${providerName} needs a key (${setting.origin})`,
      `Set ${provider.keyVariable} in the environment or in .env.`,
      2,
    );
  }
  const { baseURL } = provider;
  return {
    endpoint: {
      kind: "live" as const,
      baseURL,
      apiKey: key?.value ?? "none",
      keyOrigin: key?.origin ?? `${providerName}, which needs none`,
      urlOrigin: setting.origin,
    },
    model,
    why: `${model} at ${new URL(baseURL).host}, because of ${setting.origin}; --model offline costs nothing`,
  };
}

/** Finds settings by name: the environment wins over the file, and blanks count as nothing. */
function settingsIn(env: Env, envFile: string): (name: string) => Setting | undefined {
  const file = readEnvFile(envFile);
  return (name) => {
    const given = env[name]?.trim() ?? "";
    if (given !== "")
      return { value: given, origin: `${name} in the environment`, isInFile: false };
    const { value = "", line } = file[name] ?? {};
    if (value.trim() === "") return undefined;
    return { value: value.trim(), origin: `${name} in line ${line} of ${envFile}`, isInFile: true };
  };
}
