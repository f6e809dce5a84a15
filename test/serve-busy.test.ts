import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { send, startServer } from "./support/served.ts";

const headers = { "content-type": "application/json" };
const chat = (content: string) =>
  JSON.stringify({ model: "offline-tutor", messages: [{ role: "user", content }] });

let served: Awaited<ReturnType<typeof startServer>>;
const post = (path: string, body: string | string[]) =>
  send(`${served.url}${path}`, { headers, body });
const short = () => post("/chat/completions", chat("What is 6 times 7?"));
beforeAll(async () => {
  served = await startServer();
  await short();
});
afterAll(() => served.stop());

/** Work that takes a while: each was minutes for everybody once. */
const LONG: Record<string, () => ReturnType<typeof post>> = {
  "300 KB without a space": () => post("/chat/completions", chat("x".repeat(300_000))),
  "160 KB of signs": () => post("/chat/completions", chat("!(".repeat(80_000))),
  "300 KB of questions": () => post("/chat/completions", chat("What is a? ".repeat(30_000))),
  "eight hundred texts": () => {
    const input = Array.from({ length: 800 }, (_, at) => `The boiler ${at} is cold. `.repeat(20));
    return post("/embeddings", JSON.stringify({ model: "offline-embedding-2", input }));
  },
};

test.each(Object.entries(LONG))(
  "%s, four times at once: others are answered meanwhile",
  async (_name, ask) => {
    let isDone = false;
    const long = Promise.all(Array.from({ length: 4 }, ask)).then((answers) => {
      isDone = true;
      return answers;
    });
    const answers: number[] = [];
    while (!isDone && answers.length < 10) answers.push((await short()).status);
    const before = answers.length;
    expect(answers.every((status) => status === 200)).toBe(true);
    expect((await long).map(({ status }) => status)).toEqual(Array(4).fill(200));
    // Work that holds the thread lets nobody in: then it is done first.
    expect(before).toBeGreaterThanOrEqual(2);
  },
);

test("its answers are those that anybody gets", async () => {
  const sum = `${"My boiler is cold. ".repeat(2000)}\n\nWhat is 6 times 7?`;
  const { status, text, headers: told } = await post("/chat/completions", chat(sum));
  expect([status, told["content-type"]]).toEqual([200, "application/json"]);
  expect(JSON.parse(text).usage.prompt_tokens).toBeGreaterThan(8000);
  const streamed = await post(
    "/chat/completions",
    JSON.stringify({ ...JSON.parse(chat(sum)), stream: true }),
  );
  expect(streamed.headers["content-type"]).toContain("text/event-stream");
  expect(streamed.text).toMatch(/data: \[DONE\]\n\n$/);
  const refused = await post("/chat/completions", JSON.stringify({ model: "x".repeat(40_000) }));
  expect(refused.status).toBe(400);
});

test("a thousand connections, and readers that do not read, keep nobody out", async () => {
  const { port, hostname } = new URL(served.url);
  const idle = await Promise.all(
    Array.from(
      { length: 1000 },
      (_, at) =>
        new Promise<ReturnType<typeof connect>>((resolve, reject) => {
          const socket = connect(Number(port), hostname, () => resolve(socket));
          socket.on("error", reject);
          // Some send half a head, some ask for a stream and never read it.
          if (at % 3 === 1) socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: loc");
          if (at % 3 !== 2) return;
          const body = JSON.stringify({
            ...JSON.parse(chat("What is an embedding?")),
            stream: true,
          });
          socket.pause();
          socket.write(
            `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
        }),
    ),
  );
  const answers = await Promise.all(Array.from({ length: 20 }, short));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  for (const socket of idle) socket.destroy();
});

test.skipIf(!existsSync("/proc/self/status"))(
  "its memory is flat over two thousand requests",
  async () => {
    const megabytes = () => {
      const status = readFileSync(`/proc/${served.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    };
    const body = chat("What is 6 times 7?");
    const ask = async () =>
      (await fetch(`${served.url}/chat/completions`, { method: "POST", headers, body })).text();
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++)
        await Promise.all(Array.from({ length: 100 }, ask));
    };
    await rounds(5);
    const before = megabytes();
    await rounds(20);
    expect(megabytes() - before).toBeLessThan(60);
  },
);

test("Ctrl-C ends it in the middle of long work", async () => {
  const own = await startServer();
  const body = chat(`${"What is a? ".repeat(300_000)}`);
  const asked = send(`${own.url}/chat/completions`, { headers, body }).catch(() => "cut");
  const before = send(`${own.url}/chat/completions`, { headers, body: chat("What is 1 + 1?") });
  expect((await before).status).toBe(200);
  const started = performance.now();
  await own.stop();
  expect(performance.now() - started).toBeLessThan(10_000);
  await asked;
});
