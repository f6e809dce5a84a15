/**
 * The built program, loaded once and run many times: what a run costs is then its own work, not the
 * start of a process. Each message is a command line with all that it may see; the answer is what a
 * process would have left.
 */
import { tmpdir } from "node:os";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { main } from "../../dist/main.js";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const home = tmpdir();
// Both are opened when they are first looked at.
const streams = [process.stdout, process.stderr];
let queue = Promise.resolve();

process.on("message", (request) => {
  queue = queue.then(() => play(request)).then((finished) => process.send(finished));
});
process.on("disconnect", () => process.exit());

async function play({ argv, env, cwd, stdin }) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  const [stdout, stderr] = streams.map(textOf);
  const atRest = resources();
  const started = performance.now();
  try {
    const io = {
      stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)], { objectMode: false }),
      stdout: stdout.stream,
      stderr: stderr.stream,
      environment: { ...process.env },
      takeSignals: () => () => {},
      signal: new AbortController().signal,
      interrupt: () => {},
      now: () => new Date(),
      program,
    };
    const code = await main([process.execPath, program, ...argv], io, stderr.stream);
    await settled(argv, atRest);
    return { stdout: stdout.end(), stderr: stderr.end(), code, ms: performance.now() - started };
  } finally {
    process.chdir(home);
  }
}

/** A process ends when nothing keeps it alive; so a run is over when nothing of it is left. */
async function settled(argv, atRest) {
  const deadline = performance.now() + 10_000;
  while (Object.entries(resources()).some(([name, count]) => count > (atRest[name] ?? 0))) {
    if (performance.now() > deadline)
      throw new Error(`${argv.join(" ")} would not end: ${JSON.stringify(resources())}`);
    await new Promise((resolve) => setTimeout(resolve, 2).unref());
  }
}

/** What keeps this process alive, counted by kind. */
function resources() {
  const counts = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** A stream that keeps what is written to it, and what packages write past it. */
function textOf(real) {
  let text = "";
  const take = (chunk, encoding) => {
    text += typeof chunk === "string" ? chunk : Buffer.from(chunk, encoding).toString("utf8");
  };
  const { write } = real;
  real.write = (chunk) => {
    take(chunk);
    return true;
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, done) {
      take(chunk, encoding);
      done();
    },
  });
  const end = () => {
    real.write = write;
    return text;
  };
  return { stream, end };
}
