import { Worker } from "node:worker_threads";
import { errorBody } from "./protocol.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** What goes to the thread: a request. */
export interface LongRequest {
  url: string;
  method: string;
  type: string;
  body: Uint8Array;
}

/** What comes back: its whole answer. */
export interface LongAnswer {
  status: number;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

/** Bodies of more bytes are answered by the other thread; a shorter one takes 0.2 s at the most. */
const LONG = 32 * 1024;
/** What an answer may take before its thread is given up. */
const LIMITS = { patienceMs: 120_000, memoryMb: 1024 };

/**
 * A handler that has long requests answered by a thread of their own, one after the other, so that
 * whoever sends one stops nobody else, and Ctrl-C is heard. A client that goes away loses its
 * place.
 *
 * @param thread the compiled thread, which calls answerWhole
 */
export function besideLongWork(handler: Handler, thread: URL, limits: Partial<typeof LIMITS> = {}) {
  const { patienceMs, memoryMb } = { ...LIMITS, ...limits };
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb };
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const open = () => {
    worker ??= new Worker(thread, { resourceLimits }).once("exit", () => {
      worker = undefined;
    });
    return worker;
  };
  const close = async () => {
    await worker?.terminate();
  };
  const answerLong = async (request: LongRequest): Promise<Response> => {
    const answer = await asked(open(), request, patienceMs);
    if (typeof answer === "object") return new Response(answer.body, answer);
    if (answer === "stopped") return gone();
    await close();
    const what =
      answer === "late"
        ? `takes longer than ${patienceMs / 1000} seconds here`
        : "needs more memory than there is here";
    const message = `The request ${what}. Send a shorter one.`;
    return Response.json(errorBody(message, "server_error", "too_long"), { status: 503 });
  };
  const handle: Handler = async (request) => {
    if (request.body === null) return handler(request);
    const { url, method, headers, signal } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length <= LONG) return handler(new Request(url, { method, headers, signal, body }));
    const type = headers.get("content-type") ?? "";
    const turn = last.then(() =>
      signal.aborted ? gone() : answerLong({ url, method, type, body }),
    );
    last = turn.catch(() => {});
    return turn;
  };
  return { handle, close };
}

const gone = () => new Response(null, { status: 499 });

/** Why a thread gave no answer. */
type Unanswered = "late" | "out of memory" | "stopped";

/** The thread's answer, or why there is none. @throws what the thread threw */
function asked(
  worker: Worker,
  request: LongRequest,
  patienceMs: number,
): Promise<LongAnswer | Unanswered> {
  return new Promise((resolve, reject) => {
    const end = (answer: LongAnswer | Unanswered) => {
      clearTimeout(timer);
      worker.off("message", end).off("error", fail).off("exit", stop);
      resolve(answer);
    };
    // Otherwise the timer would hold up the end of the process.
    const stop = () => end("stopped");
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") reject(error);
      end("out of memory");
    };
    const timer = setTimeout(() => end("late"), patienceMs);
    worker.on("message", end).on("error", fail).on("exit", stop);
    worker.postMessage(request, [request.body.buffer as ArrayBuffer]);
  });
}

/** In the thread: the whole answer to a request. */
export async function answerWhole(
  handler: Handler,
  { url, method, type, body }: LongRequest,
): Promise<LongAnswer> {
  const headers = { "content-type": type };
  const request = new Request(url, { method, headers, body: new Uint8Array(body) });
  const response = await handler(request);
  return {
    status: response.status,
    // The body comes whole here, so what says that it comes in pieces is left out.
    headers: [...response.headers].filter(([name]) => !PIECEMEAL.has(name)),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

const PIECEMEAL = new Set(["transfer-encoding", "connection"]);
