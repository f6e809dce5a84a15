import { existsSync, openSync, writeSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { threadId } from "node:worker_threads";
import { HookHandler } from "./handler.ts";
import { FOLDER } from "./lines.ts";

/** LangChain's file that makes callback managers, in every version from 0.1 on. */
const MANAGER = /[\\/]@langchain[\\/]core[\\/]dist[\\/]callbacks[\\/]manager\.c?js$/;
/** What a copy of that file calls when it is loaded. */
const CALLED = "llm-lab.xray";
const CALL = `\n;globalThis[Symbol.for(${JSON.stringify(CALLED)})]?.(CallbackManager);\n`;

const LOADER = `
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!${MANAGER}.test(url) || loaded.format !== "module" || !loaded.source) return loaded;
  const source = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
  return { ...loaded, source: source + ${JSON.stringify(CALL)} };
}`;

interface Manager {
  handlers: { name?: string }[];
  addHandler(handler: object, inherit?: boolean): void;
}
type ManagerClass = { new (): Manager } & Record<string, unknown>;

/**
 * Loaded before a program (`node --import llm-lab/xray`), where `llm-lab xray` waits for what it
 * tells: every copy of `@langchain/core` that the program loads gets one callback handler more.
 */
// biome-ignore lint/style/noProcessEnv: in the program's process, which has no settings of ours
const folder = process.env[FOLDER];
if (folder !== undefined && existsSync(folder)) watch(folder);

function watch(into: string): void {
  let file: number | undefined;
  const handler = new HookHandler((line) => {
    file ??= openSync(join(into, `${process.pid}-${threadId}.jsonl`), "a", 0o600);
    writeSync(file, `${JSON.stringify(line)}\n`);
  });
  const register = (manager: ManagerClass) => addTo(manager, handler);
  Object.assign(globalThis, { [Symbol.for(CALLED)]: register });
  hookRequire();
  hookImport();
}

/** Newer versions configure by the one, older ones by the other. */
function addTo(manager: ManagerClass, handler: HookHandler): void {
  for (const name of ["_configureSync", "configure"]) {
    const configure = manager[name];
    if (typeof configure !== "function") continue;
    manager[name] = function configured(this: unknown, ...given: unknown[]) {
      const made = configure.apply(this, given) as
        | Manager
        | undefined
        | Promise<Manager | undefined>;
      return made instanceof Promise ? made.then(withHandler) : withHandler(made);
    };
  }
  function withHandler(made: Manager | undefined): Manager {
    const its = made ?? new manager();
    if (!its.handlers.some(({ name }) => name === handler.name)) its.addHandler(handler, true);
    return its;
  }
}

/** Node compiles each file that is required by this method, in all versions. */
function hookRequire(): void {
  const prototype = nodeModule.Module.prototype as unknown as {
    _compile(code: string, file: string, ...more: unknown[]): unknown;
  };
  const compile = prototype._compile;
  prototype._compile = function compiled(code, file, ...more) {
    const isManager = MANAGER.test(file) && typeof code === "string";
    return compile.call(this, isManager ? code + CALL : code, file, ...more);
  };
}

type Loaded = { format?: string | null; source?: string | ArrayBuffer | ArrayBufferView | null };

function hookImport(): void {
  const { registerHooks } = nodeModule as {
    registerHooks?(hooks: {
      load(url: string, context: object, next: (url: string, context: object) => Loaded): Loaded;
    }): void;
  };
  if (registerHooks)
    registerHooks({
      load: (url, context, next) => {
        const loaded = next(url, context);
        if (!MANAGER.test(url) || loaded.format !== "module" || !loaded.source) return loaded;
        const { source } = loaded;
        const text = typeof source === "string" ? source : new TextDecoder().decode(source);
        return { ...loaded, source: text + CALL };
      },
    });
  // Older versions hook from a thread, which takes a moment: only for programs that may need it.
  else if (hasLangChain())
    nodeModule.register?.(`data:text/javascript,${encodeURIComponent(LOADER)}`);
}

/** Whether LangChain is installed for the program, or for the folder that it runs in. */
function hasLangChain(): boolean {
  const [, program] = process.argv;
  return [process.cwd(), program === undefined ? "" : dirname(program)].some((folder) => {
    for (let at = folder; at !== ""; at = dirname(at) === at ? "" : dirname(at))
      if (existsSync(join(at, "node_modules/@langchain/core"))) return true;
    return false;
  });
}
