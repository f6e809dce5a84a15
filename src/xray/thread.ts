import { parentPort, workerData } from "node:worker_threads";
import { LabError } from "../errors.ts";
import { Secrets } from "../trace/secrets.ts";
import type { FromThread, ThreadData, ToThread } from "./open-thread.ts";
import { openProxy } from "./proxy.ts";
import { openWay } from "./way.ts";

/**
 * The thread in which requests pass: what is read and drawn of them in the other thread delays
 * nothing.
 */
const { secrets: known, hasBudget, port, ...options } = workerData as ThreadData;
let waiting: FromThread[] = [];
/** What comes in one turn goes over together. */
const post = (message: FromThread) => {
  if (waiting.length === 0) setImmediate(flush);
  waiting.push(message);
};
function flush() {
  parentPort?.postMessage(waiting);
  waiting = [];
}
const now = () => performance.timeOrigin + performance.now();
const asked = new Map<number, (refusal: { message: string; hint: string } | undefined) => void>();
let count = 0;

try {
  const secrets = new Secrets();
  for (const secret of known) secrets.add(secret);
  const way = await openWay({ ...options, secrets });
  const proxy = await openProxy({
    ...way,
    port,
    observer: {
      begin({ headers, ...request }) {
        count += 1;
        const id = count;
        post({ type: "begin", id, at: now(), request: { ...request, headers: [...headers] } });
        return {
          replied: (status, told) => post({ type: "replied", id, status, headers: [...told] }),
          piece: (text) => post({ type: "piece", id, text }),
          ended: () => post({ type: "ended", id, at: now() }),
          broke: (why, mayRetry) => post({ type: "broke", id, at: now(), why, mayRetry }),
        };
      },
    },
    async allow(sent) {
      if (!hasBudget) return;
      count += 1;
      const id = count;
      post({ type: "allow", id, sent });
      const refusal = await new Promise<Parameters<Parameters<typeof asked.set>[1]>[0]>((resolve) =>
        asked.set(id, resolve),
      );
      if (refusal) throw new LabError(refusal.message, refusal.hint);
    },
  });
  parentPort?.on("message", async (message: ToThread) => {
    if (message.type === "allowed") {
      asked.get(message.id)?.(message.refusal);
      asked.delete(message.id);
      return;
    }
    await proxy.close();
    post({ type: "closed", kept: way.close(message.isCutShort) });
    flush();
    parentPort?.close();
  });
  post({ type: "open", address: proxy.address, why: way.why, endpoint: way.endpoint.href });
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  const { message, hint, exitCode } = error;
  post({ type: "failed", message, hint, exitCode });
}
