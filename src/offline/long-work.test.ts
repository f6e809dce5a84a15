import { expect, test } from "vitest";
import { besideLongWork } from "./long-work.ts";

const thread = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from "node:worker_threads"; ${code}`)}`,
  );
const asked = (content: string) =>
  new Request("http://localhost/v1/x", { method: "POST", body: content });
const LONG = "x".repeat(40_000);
const ECHO = `parentPort.on("message", ({ body }) => {
  if (body[0] === 33) for (const all = []; ; ) all.push(new Array(1e6).fill(0).map(String));
  if (body[0] === 63) return;
  parentPort.postMessage({ status: 200, headers: [], body });
});`;

test("short requests are answered here, long ones by the thread", async () => {
  const { handle, close } = besideLongWork(() => new Response("here"), thread(ECHO));
  expect(await (await handle(asked("short"))).text()).toBe("here");
  expect(await (await handle(asked(LONG))).text()).toBe(LONG);
  await close();
});

test.each([
  ["takes too long", "?", { patienceMs: 2000 }, "takes longer than 2 seconds here"],
  ["fills its memory", "!", { memoryMb: 16 }, "needs more memory than there is here"],
])("a thread that %s is told, and the next request gets a new one", async (...given) => {
  const [, sign, limits, sentence] = given;
  const { handle, close } = besideLongWork(() => new Response(), thread(ECHO), limits);
  const [failed, well] = await Promise.all([sign + LONG, LONG].map((one) => handle(asked(one))));
  expect([failed?.status, well?.status]).toEqual([503, 200]);
  expect(await failed?.text()).toContain(sentence);
  await close();
});

test("a thread that is closed in the middle of its work leaves nothing waiting", async () => {
  const { handle, close } = besideLongWork(() => new Response(), thread(ECHO));
  let status: number | undefined;
  const answer = Promise.resolve(handle(asked(`?${LONG}`))).then((response) => {
    status = response.status;
  });
  // Closed again until it was with the thread: when that is depends on the machine.
  while (status === undefined) {
    await close();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await answer;
  expect(status).toBe(499);
});
