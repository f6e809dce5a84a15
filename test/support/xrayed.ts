import { loadEncoding } from "../../src/model/tokens.ts";
import { offlineWire } from "../../src/offline/app.ts";
import type { Tape } from "../../src/tape/tape.ts";
import type { EventOf, LabEvent } from "../../src/trace/events.ts";
import { Secrets } from "../../src/trace/secrets.ts";
import { forAnyModel } from "../../src/xray/any-model.ts";
import { Observer } from "../../src/xray/observer.ts";
import { asPassage } from "../../src/xray/passage.ts";
import { openProxy } from "../../src/xray/proxy.ts";

/** Runs a program of this process under xray; it is given the address that its calls go to. */
export async function underXray(
  program: (baseURL: string) => Promise<unknown>,
  given?: typeof fetch,
): Promise<{ events: LabEvent[]; traps: EventOf<"trap-found">[] }> {
  const { count, events, observer } = await observing();
  const wire = given ?? forAnyModel(offlineWire({ countTokens: count }));
  const endpoint = new URL("http://offline.invalid/v1");
  const allow = async () => {};
  const passage = asPassage(wire);
  const ways = { toModels: passage, beside: passage };
  const proxy = await openProxy({ endpoint, ...ways, observer, allow, port: 0 });
  try {
    await program(proxy.address);
  } finally {
    await proxy.close();
    await observer.settled();
  }
  return { events, traps: events.filter((event) => event.type === "trap-found") };
}

/** The traps in the requests and replies of a tape, one after the other. */
export async function trapsOn({ entries }: Tape): Promise<string[]> {
  const { events, observer } = await observing();
  for (const { request, response } of entries) {
    const watch = observer.begin({
      method: request.method,
      path: request.path,
      headers: new Headers(),
      body: JSON.stringify(request.body),
    });
    watch.replied(response.status, new Headers({ "content-type": response.contentType }));
    for (const { text } of response.pieces) watch.piece(text);
    watch.ended();
  }
  await observer.settled();
  return events.flatMap((event) => (event.type === "trap-found" ? [event.trap] : []));
}

async function observing() {
  const { count } = await loadEncoding("cl100k_base");
  const events: LabEvent[] = [];
  const observer = new Observer({
    emit: (event) => void events.push(event),
    price: () => null,
    charge: () => {},
    counterFor: async () => count,
    secrets: new Secrets(),
    now: () => performance.now(),
  });
  return { count, events, observer };
}

/** A chat completion as OpenAI sends it. */
export function completion(content: string, more: object = {}): Response {
  const message = { role: "assistant", content };
  const choice = { index: 0, message, finish_reason: "stop", ...more };
  return Response.json({ id: "c1", object: "chat.completion", created: 0, choices: [choice] });
}
