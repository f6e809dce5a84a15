import type { LabError } from "../errors.ts";
import type { BodyText } from "./body-text.ts";
import { cutReply, EndpointFailure, type RequestFacts, silence } from "./failures.ts";
import { errorInside } from "./refusals.ts";
import { type Chunk, ReplyReader } from "./reply-reader.ts";
import { readEvents } from "./server-events.ts";
import { isError, isFields, parseJson, tidy, toldIn } from "./told.ts";

/** How long the connection may stay open after the end mark; some servers never close it. */
const AFTER_END_MS = 250;
/**
 * How long usage and the end mark are waited for after a finish reason; some servers send neither.
 */
const AFTER_FINISH_MS = 700;
/** For how many silences a server may say only that it is alive. */
const MOST_SILENCES = 10;

type Sent =
  | { kind: "chunk"; value: Record<string, unknown> }
  | { kind: "error"; value: unknown; body: string }
  | { kind: "junk"; text: string }
  | { kind: "end" };

/**
 * The pieces of a stream of server-sent events, as OpenAI would have sent them, so that a stream
 * cannot be mistaken for whole when it is not.
 *
 * A stream is whole that ends with `data: [DONE]` or after a finish reason. It fails with a
 * LabError if it is silent for too long, breaks, carries an error or a line that is not JSON, or
 * just ends.
 *
 * @throws EndpointFailure before the first piece, where another try may help
 */
export async function* readChunks(text: BodyText, facts: RequestFacts): AsyncGenerator<Chunk> {
  const reader = new ReplyReader(facts);
  const feed = new Feed();
  let hasBegun = false;
  let spokeAt = performance.now();
  try {
    while (!feed.hasEnded) {
      const piece = await nextPiece(text, reader);
      if (piece === undefined) feed.end();
      else feed.add(piece);
      for (const sent of feed.take()) {
        spokeAt = performance.now();
        if (sent.kind === "error") throw await stopped(sent, hasBegun, facts);
        if (sent.kind === "junk") throw cutReply(facts, notJson(sent.text, facts));
        const chunk = sent.kind === "chunk" ? reader.read(sent.value) : undefined;
        if (!chunk) continue;
        hasBegun = true;
        yield chunk;
      }
      if (performance.now() - spokeAt > MOST_SILENCES * facts.timeoutMs) throw silence(facts);
    }
    if (!feed.isWhole && !reader.mayEnd) throw endedEarly(feed, facts);
    yield* reader.end();
    void text.leave(AFTER_END_MS);
  } catch (error) {
    text.cancel();
    const isBroken = error instanceof EndpointFailure && error.isBroken && hasBegun;
    throw isBroken ? cutReply(facts) : error;
  }
}

/** The pieces of a reply as a stream of events, for a client that asked for one. */
export async function streamOf(chunks: AsyncGenerator<Chunk>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  // An error before the first piece is one of the request, which can be made again.
  let next: IteratorResult<Chunk> | undefined = await chunks.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = next ?? (await chunks.next());
        next = undefined;
        const data = done ? "[DONE]" : JSON.stringify(value);
        controller.enqueue(encoder.encode(`data: ${data}\n\n`));
        if (done) controller.close();
      } catch (error) {
        controller.error(error instanceof EndpointFailure ? error.error : error);
      }
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
}

/** The next piece; undefined at the end, and where nothing more need come. */
async function nextPiece(text: BodyText, reader: ReplyReader): Promise<string | undefined> {
  try {
    return await text.read(reader.isFinished ? AFTER_FINISH_MS : undefined);
  } catch (error) {
    if (reader.isFinished && error instanceof EndpointFailure) return undefined;
    throw error;
  }
}

/**
 * Reads what events say, leniently: several JSONs in one event, JSON without `data:`, odd end
 * marks.
 */
class Feed {
  /** whether nothing more is to come */
  hasEnded = false;
  /** whether the end mark came */
  isWhole = false;
  /** words outside every event, which may say why a stream ended */
  stray = "";
  #sent: Sent[] = [];
  readonly #events = readEvents({
    onData: (data, name) => this.#data(data, name),
    onStray: (field, line) => this.#stray(field, line),
  });

  add(text: string): void {
    this.#events.feed(text);
  }

  end(): void {
    this.#events.end();
    this.hasEnded = true;
  }

  take(): Sent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  #data(data: string, name?: string): void {
    const isAlive = /^(?:ping|keep-?alive|heartbeat)$/i;
    if (this.isWhole || data.trim() === "" || isAlive.test(data.trim())) return;
    if (/^\[?done\]?$/i.test(data.trim())) {
      this.isWhole = true;
      this.hasEnded = true;
      return;
    }
    const value = parseJson(data);
    const lines = data.split("\n");
    if (value === undefined && lines.length > 1 && lines.every((line) => isWord(line)))
      for (const line of lines) this.#data(line, name);
    else if (name === "error") this.#sent.push({ kind: "error", value: value ?? data, body: data });
    else if (value === undefined) this.#sent.push({ kind: "junk", text: data });
    else if (isError(value)) this.#sent.push({ kind: "error", value, body: data });
    else if (isFields(value)) this.#sent.push({ kind: "chunk", value });
  }

  #stray(field: string, line: string): void {
    if (/^[[{]|^\[?done\]?$/i.test(line.trim())) this.#data(line.trim());
    else if (field === "error") {
      const body = line.replace(/^\s*error\s*:\s*/i, "");
      this.#sent.push({ kind: "error", value: parseJson(body) ?? body, body });
    } else this.stray = line;
  }
}

/** Whether a line of an event says something by itself. */
const isWord = (line: string) => /^\s*(?:\[?done\]?)?\s*$/i.test(line) || isFields(parseJson(line));

async function stopped(
  { value, body }: Sent & { kind: "error" },
  hasBegun: boolean,
  facts: RequestFacts,
): Promise<Error> {
  if (!hasBegun) return errorInside(value, body, facts);
  const { message } = toldIn(value, facts.key);
  return cutReply(facts, `stopped with an error: ${message || "it does not say which"}`);
}

function notJson(text: string, { key }: RequestFacts): string {
  return `sent a line that is not JSON in the middle of its reply: ${tidy(text, key)}`;
}

function endedEarly({ stray }: Feed, facts: RequestFacts): LabError {
  const words = tidy(stray, facts.key);
  return cutReply(facts, `ended its reply without the end mark${words === "" ? "" : `: ${words}`}`);
}
