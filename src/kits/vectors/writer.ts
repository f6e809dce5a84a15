import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { LabError } from "../../errors.ts";
import { openStore, type StoreOptions } from "../../vector/engines.ts";
import { scattered } from "./math.ts";
import type { VectorsPort, WriterReport, WriterWish } from "./tools.ts";

/** What the writing process is told. It comes by its input, since an address may hold a password. */
type Order = WriterWish & StoreOptions;

/** The hidden command that such a process runs. */
const WRITER_COMMAND = "write-to-store";
/** How long after a confirmation it is killed: the next batch has begun by then. */
const INTO_NEXT_MS = 4;

/** Has a process of its own write documents, and kills it with SIGKILL in the middle if that is asked for. */
export async function write(
  order: Order,
  { program = "", signal }: Pick<VectorsPort, "program" | "signal">,
): Promise<WriterReport> {
  const child = spawn(process.execPath, [program, WRITER_COMMAND], {
    stdio: ["pipe", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  // Nobody waits for it until all is read, so a failure must not be a rejection meanwhile.
  const ended = new Promise<string | number | null | Error>((resolve) => {
    child.once("error", resolve);
    child.once("close", (code, killedBy) => resolve(killedBy ?? code));
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify({ ...order, embeddings: undefined }));
  const confirmed: string[] = [];
  let batches = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    confirmed.push(...JSON.parse(line));
    batches += 1;
    if (batches === order.killAfter) setTimeout(() => child.kill("SIGKILL"), INTO_NEXT_MS);
  }
  const end = await ended;
  signal.throwIfAborted();
  if (end instanceof Error) throw end;
  if (end !== 0 && end !== "SIGKILL") throw new LabError("The writing process failed", said.trim());
  return { confirmed, wasKilled: end === "SIGKILL" };
}

interface WriterIo {
  stdin: AsyncIterable<string | Buffer>;
  stdout: { write(line: string): unknown };
  signal: AbortSignal;
}

/** What the writing process does: it says the ids of each batch as soon as the store has confirmed it. */
export async function writeAsTold(io: WriterIo): Promise<number> {
  let text = "";
  for await (const part of io.stdin) text += part;
  const order: Order = JSON.parse(text);
  const { name, batches, size, dimension = 384 } = order;
  const store = await openStore({ ...order, embeddings: NO_EMBEDDINGS });
  const centre = Array.from({ length: dimension }, (_, at) => Math.sin(at + 1));
  // Nobody listens any more when the process that started this one is gone.
  for (let batch = 0; batch < batches && !io.signal.aborted; batch++) {
    const documents = Array.from({ length: size }, (_, n) => ({
      id: `${name}-${batch}-${n}`,
      pageContent: `${name} ${batch} ${n} ${"word ".repeat(200)}end`,
      metadata: { writer: name, batch },
    }));
    const vectors = scattered([centre], batch * size, (batch + 1) * size);
    const ids = await store.addVectors(vectors, documents);
    io.stdout.write(`${JSON.stringify(ids)}\n`);
  }
  await store.close();
  return 0;
}

const NO_EMBEDDINGS = { embedDocuments: async () => [], embedQuery: async () => [] };
