import { type ChildProcess, fork } from "node:child_process";
import type { CallOrder, Order, Report, Thrown } from "../orders.ts";

interface Call {
  order: CallOrder;
  /** answers what the new process sends */
  wire: typeof fetch;
  /** which request of this call ends the process in the middle, from 1 */
  killAtRequest?: number;
}

/**
 * One call of the learner's code in a process of its own: nothing but files is left of what earlier
 * processes did.
 *
 * @returns what the function returned, as JSON carries it; undefined where the process was killed
 */
export async function callInNewProcess(call: Call): Promise<unknown> {
  // The same program with the same settings; its output goes where ours does.
  const [, program = "", ...given] = process.argv;
  const child = fork(program, given, { stdio: ["ignore", "inherit", "inherit", "ipc", "ignore"] });
  try {
    return await resultOf(child, call);
  } finally {
    child.kill("SIGKILL");
  }
}

function resultOf(child: ChildProcess, { order, wire, killAtRequest }: Call): Promise<unknown> {
  let requests = 0;
  const gone = new AbortController();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      gone.abort();
      if (requests === killAtRequest) return resolve(undefined);
      reject(thrownFrom(`ended the program (exit code ${code})`));
    });
    child.on("message", async (report: Report) => {
      if (report.report === "ready") child.send(order);
      else if (report.report === "returned") resolve(report.value);
      else if (report.report === "thrown") reject(errorFrom(report.thrown));
      else if (report.report === "request") {
        requests += 1;
        const answer = answerTo(report, wire, gone.signal);
        if (requests === killAtRequest) child.kill("SIGKILL");
        const reply = await answer.catch(() => undefined);
        if (reply && child.connected) child.send(reply, () => {});
      }
    });
  });
}

async function answerTo(
  { id, url, headers, body }: Report & { report: "request" },
  wire: typeof fetch,
  signal: AbortSignal,
): Promise<Order> {
  const response = await wire(url, { method: "POST", headers, body, signal });
  return {
    order: "reply",
    id,
    status: response.status,
    headers: [...response.headers],
    body: await response.text(),
  };
}

function errorFrom({ isError, name, message, stack }: Thrown): unknown {
  return isError ? Object.assign(new Error(message), { name, stack }) : message;
}

function thrownFrom(what: string): Error {
  return new Error(`In a new process, your code ${what}.`);
}
