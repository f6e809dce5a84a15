import { Buffer } from "buffer/index.js";

/** What programs for Node find in every file. */
const world = globalThis as unknown as Record<string, unknown>;
world.Buffer ??= Buffer;
world.global ??= globalThis;
world.setImmediate ??= (body: (...values: unknown[]) => void, ...values: unknown[]) =>
  setTimeout(body, 0, ...values);
world.clearImmediate ??= clearTimeout;
world.process ??= {
  env: {},
  argv: [],
  execArgv: [],
  versions: {},
  version: "",
  platform: "browser",
  pid: 1,
  cwd: () => "/",
  cpuUsage: () => ({ user: performance.now() * 1000, system: 0 }),
  nextTick: (body: (...values: unknown[]) => void, ...values: unknown[]) =>
    queueMicrotask(() => body(...values)),
  emitWarning: () => {},
  on: () => {},
  once: () => {},
  off: () => {},
};
