import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root, run } from "./support/program.ts";
import { serveFaults } from "./support/server.ts";
import { completion, underXray } from "./support/xrayed.ts";

const KEY = "sk-test-0123456789abcdefghij";
const script = (code: string) => [process.execPath, "--input-type=module", "-e", code];
const chat = (content: string) =>
  JSON.stringify({ model: "gpt-4o-mini", messages: [{ role: "user", content }] });
const post = (baseURL: string, body: string, more: RequestInit = {}) =>
  fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    ...more,
  });

test("two hundred calls at once: each gets its own reply, and each is shown", async () => {
  const echo: typeof fetch = async (_input, init) =>
    completion(`You said ${JSON.parse(String(init?.body)).messages[0].content}`);
  const { events, traps } = await underXray(async (baseURL) => {
    const numbers = Array.from({ length: 200 }, (_, at) => `number ${at}`);
    const replies = await Promise.all(
      numbers.map(async (number) => (await post(baseURL, chat(number))).json()),
    );
    expect(replies.map((reply) => reply.choices[0].message.content)).toEqual(
      numbers.map((number) => `You said ${number}`),
    );
  }, echo);
  const starts = events.filter(({ type }) => type === "call-start");
  const ends = events.flatMap((event) => (event.type === "call-end" ? [event] : []));
  expect([starts.length, new Set(ends.map(({ call }) => call)).size]).toEqual([200, 200]);
  expect(new Set(ends.map(({ text }) => text)).size).toBe(200);
  expect(traps).toEqual([]);
});

test("a start that is refused leaves no folder behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-refused-"));
  const argv = ["xray", "--model", "offline", "--replay", join(folder, "none.json"), "--", "node"];
  const { code } = await run(argv, { env: { TMPDIR: folder }, alone: true });
  expect([code, readdirSync(folder)]).toEqual([2, []]);
  rmSync(folder, { recursive: true });
});

test("a reply passes piece by piece, while it is still written", async () => {
  let goOn = () => {};
  const slow: typeof fetch = async () => {
    const piece = (content: string) =>
      new TextEncoder().encode(
        `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`,
      );
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(piece("first"));
        // The second half is written only when the program has the first.
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        controller.enqueue(piece(" second"));
        controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const { events } = await underXray(async (baseURL) => {
    const reply = await post(baseURL, chat("Hello"));
    let text = "";
    for await (const piece of reply.body ?? []) {
      text += new TextDecoder().decode(piece);
      if (text.includes("first")) goOn();
    }
    expect(text).toContain(" second");
  }, slow);
  const told = events.flatMap((event) => (event.type === "call-end" ? [event.text] : []));
  expect(told).toEqual(["first second"]);
});

test("a program that hangs up ends the request, and is told so", async () => {
  let isEnded = false;
  const endless: typeof fetch = async (_input, init) => {
    init?.signal?.addEventListener("abort", () => {
      isEnded = true;
    });
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(": wait\n\n")),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const { events } = await underXray(async (baseURL) => {
    const gone = new AbortController();
    const reply = await post(baseURL, chat("Hello"), { signal: gone.signal });
    await reply.body?.getReader().read();
    gone.abort();
    while (!isEnded) await new Promise((resolve) => setImmediate(resolve));
  }, endless);
  const failed = events.flatMap((event) => (event.type === "call-failed" ? [event.message] : []));
  expect(failed).toEqual(["the program hung up"]);
});

test("what is not a call passes untouched: models, bytes that are no text, other methods", async () => {
  const seen: { path: string; method: string | undefined; body: Uint8Array }[] = [];
  const other: typeof fetch = async (input, init) => {
    const body = new Uint8Array(await new Response(init?.body).arrayBuffer());
    seen.push({ path: new URL(String(input)).pathname, method: init?.method, body });
    return Response.json({ object: "list", data: [] }, { headers: { "x-request-id": "r7" } });
  };
  const bytes = new Uint8Array([0, 255, 128, 10, 13, 200]);
  const { events } = await underXray(async (baseURL) => {
    const models = await fetch(`${baseURL}/models?limit=2`);
    expect([models.status, models.headers.get("x-request-id")]).toEqual([200, "r7"]);
    await fetch(`${baseURL}/files`, { method: "POST", body: bytes });
    await fetch(`${baseURL}/files/f1`, { method: "DELETE" });
  }, other);
  expect(seen).toEqual([
    { path: "/v1/models", method: "GET", body: new Uint8Array() },
    { path: "/v1/files", method: "POST", body: bytes },
    { path: "/v1/files/f1", method: "DELETE", body: new Uint8Array() },
  ]);
  expect(events).toEqual([]);
});

test("requests of other machines' names are refused", async () => {
  await underXray(async (baseURL) => {
    const { port } = new URL(baseURL);
    const { send } = await import("./support/served.ts");
    const headers = { host: `evil.example:${port}`, "content-type": "application/json" };
    const { status } = await send(`${baseURL}/chat/completions`, { headers, body: chat("Hi") });
    expect(status).toBe(403);
  });
});

test("a packed reply, a proxy of the network and a folder's .env do no harm", async () => {
  const packed = await serveFaults((_request, response) => {
    const message = { role: "assistant", content: "Größe 42" };
    const body = { choices: [{ index: 0, message, finish_reason: "stop" }] };
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify(body)));
  });
  const code = `
    const reply = await fetch(process.env.OPENAI_BASE_URL + "/chat/completions", {
      method: "POST", headers: { "content-type": "application/json", "accept-encoding": "gzip" }, body: ${JSON.stringify(chat("Hi"))} });
    console.log((await reply.json()).choices[0].message.content, process.env.NO_PROXY);`;
  const env = {
    OPENAI_BASE_URL: packed.url,
    OPENAI_API_KEY: KEY,
    HTTP_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "intranet",
  };
  const { stdout, stderr } = await run(["xray", "--", ...script(code)], { env, alone: true });
  await packed.close();
  expect(stdout).toBe("Größe 42 intranet,127.0.0.1,localhost\n");
  expect(stderr).toMatch(/reply +» Größe 42/);
});

test("nobody reads the x-ray: the program goes on", async () => {
  const argv = ["xray", "--", "sh", "-c", "sleep 0.2; echo one; sleep 0.2; echo two; exit 5"];
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.once("data", () => child.stderr.destroy());
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, text]).toEqual([5, "one\ntwo\n"]);
});
