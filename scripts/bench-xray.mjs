/**
 * What a program under xray waits longer: until the first token of a reply, and for all of its
 * calls, as ratios to the same program without xray. Its endpoint is a server on loopback that
 * takes 20 ms to the first of 40 tokens, and then sends one each 2 ms.
 * Run it with `npm run bench:xray`, or with `-- --short` for one round.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const ROUNDS = process.argv.includes("--short") ? 1 : 7;
const folder = mkdtempSync(join(tmpdir(), "llm-lab-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Calls one after the other or all at once; prints milliseconds to the first token, and in all. */
const PROGRAM = `
  const [calls, atOnce] = process.argv.slice(1).map(Number);
  const firsts = [];
  async function call(number) {
    const content = "Say something about number " + number + ". " + "Be brief. ".repeat(200);
    const begun = performance.now();
    const reply = await fetch(process.env.OPENAI_BASE_URL + "/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content }] }),
    });
    let isFirst = true;
    for await (const _ of reply.body) {
      if (isFirst) firsts.push(performance.now() - begun);
      isFirst = false;
    }
  }
  await call(0);
  firsts.length = 0;
  const begun = performance.now();
  if (atOnce) await Promise.all(Array.from({ length: calls }, (_, at) => call(at + 1)));
  else for (let at = 1; at <= calls; at++) await call(at);
  const all = performance.now() - begun;
  firsts.sort((a, b) => a - b);
  console.log(JSON.stringify({ first: firsts[firsts.length >> 1], all }));
`;

/** Calls by a chain of LangChain, one after the other; prints the same. */
const CHAIN = `
  import { StringOutputParser } from "@langchain/core/output_parsers";
  import { PromptTemplate } from "@langchain/core/prompts";
  import { ChatOpenAI } from "@langchain/openai";
  const model = new ChatOpenAI({ model: "m", apiKey: "none", streaming: true });
  const prompt = PromptTemplate.fromTemplate("Say something about number {number}. {more}");
  const chain = prompt.pipe(model).pipe(new StringOutputParser());
  const firsts = [];
  async function call(number) {
    const begun = performance.now();
    let isFirst = true;
    for await (const piece of await chain.stream({ number, more: "Be brief. ".repeat(200) })) {
      if (isFirst && piece !== "") firsts.push(performance.now() - begun);
      isFirst &&= piece === "";
    }
  }
  await call(0);
  firsts.length = 0;
  const begun = performance.now();
  for (let at = 1; at <= Number(process.argv[1]); at++) await call(at);
  const all = performance.now() - begun;
  firsts.sort((a, b) => a - b);
  console.log(JSON.stringify({ first: firsts[firsts.length >> 1], all }));
`;

const server = createServer(async (request, response) => {
  for await (const _ of request);
  await sleep(20);
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let token = 0; token < 40; token++) {
    const choices = [{ index: 0, delta: { content: `word ${token} ` }, finish_reason: null }];
    response.write(`data: ${JSON.stringify({ choices })}\n\n`);
    await sleep(2);
  }
  response.end(
    `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
  );
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}/v1`;

const CASES = [
  ["one call after the other, 30", PROGRAM, 30, 0],
  ["20 at once", PROGRAM, 20, 1],
  ["200 at once", PROGRAM, 200, 1],
  ["a LangChain chain, hooked, 30", CHAIN, 30],
];
console.log(`without and with xray, medians of ${ROUNDS}; the ratio is what the program waits\n`);
for (const [name, code, ...given] of CASES) {
  const program = [process.execPath, "--input-type=module", "-e", code, ...given];
  const runs = { without: [], with: [] };
  for (let round = 0; round < ROUNDS; round++) {
    runs.without.push(await timed(program));
    const out = join(folder, `${round}.jsonl`);
    runs.with.push(await timed([process.execPath, cli, "xray", "--out", out, "--", ...program]));
  }
  for (const what of ["first", "all"]) {
    const [without, under] = [runs.without, runs.with].map((some) => median(some, what));
    const label = what === "first" ? "to the first token" : "all calls";
    const ratio = (under / without).toFixed(2);
    console.log(
      `${name.padEnd(32)} ${label.padEnd(20)} ${without.toFixed(1).padStart(8)} ms ${under.toFixed(1).padStart(8)} ms  ${ratio}`,
    );
  }
}
server.close();

/** Runs a program against the server, and reads what it measured. */
function timed([command, ...words]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, OPENAI_BASE_URL: url };
  const child = spawn(command, words.map(String), { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.on("data", (piece) => {
    text += piece;
  });
  let errors = "";
  child.stderr.on("data", (piece) => {
    errors += piece;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(errors)),
    );
  });
}

function median(runs, what) {
  const sorted = runs.map((run) => run[what]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
