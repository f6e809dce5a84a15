import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readExercises } from "../src/workbook/exercises.ts";
import { root, run } from "./support/program.ts";
import { startWatch } from "./support/watch.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-workbook-"));
const folder = join(base, "workbook");
const exercise = join(root, "exercises/01-first-call");
const file = join(folder, "01-first-call/first-call.ts");
const right = readFileSync(join(exercise, "solution.ts"), "utf8");
const wrong = readFileSync(join(exercise, "wrong/own-question.ts"), "utf8");
const unsolved = readFileSync(join(exercise, "first-call.ts"), "utf8");

const exercises = readExercises();
const second = `Exercise ${exercises[1]?.number}, ${exercises[1]?.name}`;

let data = 0;
/** A home without progress. */
function fresh(): Record<string, string> {
  data += 1;
  return { LLM_LAB_DATA: join(base, `data-${data}`) };
}

beforeAll(async () => {
  const { code, stdout } = await run(["init", folder], { cwd: base });
  expect(code).toBe(0);
  const files = exercises.flatMap((one) => [one.file, ...one.files]).length;
  expect(stdout).toContain(`${files} exercise files written to workbook.`);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("llm-lab init", () => {
  test("gives the exercises and real packages only, and no repository", () => {
    const there = readdirSync(folder);
    const folders = readdirSync(join(root, "exercises")).filter((name) => /^\d\d-/.test(name));
    const beside = [".gitignore", "AGENTS.md", "README.md", "package.json", "tsconfig.json"];
    expect(there.sort()).toEqual([...beside, ...folders].sort());
    expect(readdirSync(join(folder, "01-first-call"))).toEqual(["first-call.ts"]);
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).not.toContain("llm-lab");
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d/);
  });

  test("tells a command by which npx runs this program in the folder", async () => {
    const { stdout } = await run(["init", "by the way"], { cwd: base });
    const way = /^ {2}npx (.+) watch$/m.exec(stdout)?.[1] ?? "";
    const found = resolve(base, "by the way", way);
    const { bin } = JSON.parse(readFileSync(join(found, "package.json"), "utf8"));
    expect(join(found, bin["llm-lab"])).toBe(join(root, "dist/cli.js"));
    for (const file of ["README.md", "AGENTS.md"])
      expect(readFileSync(join(base, "by the way", file), "utf8")).toContain(`npx ${way} hint`);
  });

  test("tells it for a folder that a link leads to", async () => {
    const deep = join(base, "far/away");
    mkdirSync(deep, { recursive: true });
    symlinkSync(deep, join(base, "link"), "junction");
    const { stdout } = await run(["init", "link"], { cwd: base });
    const way = /^ {2}npx (.+) watch$/m.exec(stdout)?.[1] ?? "";
    expect(resolve(realpathSync(deep), way)).toBe(realpathSync(root));
  });

  test("never overwrites: a second time it adds what is missing", async () => {
    const own = mkdtempSync(join(base, "again-"));
    writeFileSync(join(own, "README.md"), "mine");
    await run(["init", own], { cwd: base });
    writeFileSync(join(own, "01-first-call/first-call.ts"), "my code");
    rmSync(join(own, "08-choose-k"), { recursive: true });
    const { stdout } = await run(["init", "."], { cwd: own });
    expect(stdout).toContain("1 exercise file written to this folder.");
    expect(readFileSync(join(own, "01-first-call/first-call.ts"), "utf8")).toBe("my code");
    expect(readFileSync(join(own, "README.md"), "utf8")).toBe("mine");
    expect(existsSync(join(own, "08-choose-k/choose-k.ts"))).toBe(true);
  });

  test("a file in the folder's place is told", async () => {
    writeFileSync(join(base, "taken"), "");
    const { code, stderr } = await run(["init", "taken"], { cwd: base });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be written: a file stands where a folder should be/);
  });
});

describe("llm-lab check", () => {
  test("says what is wrong, shows the prompt, and where the input can be drawn again", async () => {
    writeFileSync(file, wrong);
    const { code, stdout } = await run(["check", "1", "--seed", "5"], {
      cwd: folder,
      env: fresh(),
    });
    expect(code).toBe(1);
    expect(stdout).toContain("Not yet: The question is not in the prompt.");
    expect(stdout).toContain("user: Is the teapot dishwasher-safe?");
    expect(stdout).toContain("+ not sent: Is the blue teapot dishwasher-safe?");
    expect(stdout).toContain("--seed 5");
  });

  test("a right answer passes, and is remembered", async () => {
    writeFileSync(file, right);
    const env = fresh();
    const { code, stdout } = await run(["check", "first-call"], { cwd: folder, env });
    expect([code, stdout]).toEqual([0, expect.stringContaining("Passed.")]);
    const kept = JSON.parse(readFileSync(join(env.LLM_LAB_DATA ?? "", "progress.json"), "utf8"));
    expect(kept.exercises["first-call"].passed).toMatch(/^\d{4}-/);
  });

  test("--all says a line each, files are told as JSON and JUnit, and no progress is changed", async () => {
    writeFileSync(file, right);
    const env = fresh();
    const check = (...given: string[]) => run(["check", ...given], { cwd: folder, env });
    const all = await check("--all");
    expect(all.code).toBe(1);
    expect(all.stdout).toContain("1 first-call: passed.");
    expect(all.stdout).toContain(`1 of ${exercises.length} passed.`);
    const json = JSON.parse((await check(file, "--format", "json")).stdout);
    expect(json).toEqual([expect.objectContaining({ name: "first-call", outcome: "passed" })]);
    const other = join(folder, basename(exercises[1]?.folder ?? ""), exercises[1]?.file ?? "");
    const junit = (await check(other, "--format", "junit")).stdout;
    expect(junit).toContain('<testsuites tests="1" failures="1" errors="0">');
    expect(junit).toContain('<failure type="failed" message=');
    expect(existsSync(env.LLM_LAB_DATA ?? "")).toBe(false);
  });

  test("finds the workbook from the folder that it was made in", async () => {
    writeFileSync(file, right);
    const { code, stdout } = await run(["check", "1"], { cwd: base, env: fresh() });
    expect([code, stdout]).toEqual([0, expect.stringContaining("Passed.")]);
  });

  test("without exercises it says what makes them", async () => {
    const empty = mkdtempSync(join(base, "empty-"));
    const { code, stderr } = await run(["check", "1"], { cwd: empty, env: fresh() });
    expect([code, stderr]).toEqual([2, expect.stringContaining("llm-lab init makes a folder")]);
  });
});

describe("hints, solution, reset", () => {
  test("hints come one by one, and the solution after three", async () => {
    const env = fresh();
    const ask = (verb: string) => run([verb, "first-call"], { cwd: folder, env });
    expect((await ask("solution")).stderr).toContain("after passing, or after 3 hints");
    for (const place of [1, 2, 3])
      expect((await ask("hint")).stdout).toContain(`hint ${place} of 3`);
    expect((await ask("solution")).stdout).toContain("model.invoke(question)");
  });

  test("reset keeps the learner's file beside the new one", async () => {
    writeFileSync(file, "// mine\n");
    const { stdout } = await run(["reset", "1"], { cwd: folder, env: fresh() });
    expect(stdout).toContain("first-call.ts.kept-1");
    expect(readFileSync(`${file}.kept-1`, "utf8")).toBe("// mine\n");
    expect(readFileSync(file, "utf8")).toBe(unsolved);
  });
});

describe("llm-lab watch", () => {
  test.each([[[]], [["--poll"]]])(
    "checks at each save %j, and goes on where it stopped",
    async (flags) => {
      writeFileSync(file, unsolved);
      const env = fresh();
      const watch = startWatch(flags, { cwd: folder, env });
      await watch.sees("Not yet: No request was sent, and the task takes 1.");
      writeFileSync(file, wrong);
      await watch.sees("+ not sent:");
      writeFileSync(file, right);
      await watch.sees("Passed.");
      // It never moves on by itself.
      expect(watch.output()).not.toContain(second);
      watch.type("n");
      await watch.sees(second);
      watch.type("q");
      expect(await watch.ended()).toBe(0);

      const again = startWatch(flags, { cwd: folder, env });
      await again.sees(second);
      again.type("q");
      expect(await again.ended()).toBe(0);
    },
  );

  test("two at once keep what both did", async () => {
    writeFileSync(file, unsolved);
    const env = fresh();
    const watches = ["1", "8", "16"].map((name) => startWatch([name], { cwd: folder, env }));
    await Promise.all(watches.map((watch) => watch.sees("Not yet")));
    for (const watch of watches) watch.type("h");
    await Promise.all(watches.map((watch) => watch.sees("Hint 1 of 3")));
    for (const watch of watches) watch.type("q");
    await Promise.all(watches.map((watch) => watch.ended()));
    const kept = JSON.parse(readFileSync(join(env.LLM_LAB_DATA ?? "", "progress.json"), "utf8"));
    for (const name of ["first-call", "choose-k", "two-links"])
      expect(kept.exercises[name]).toMatchObject({ checks: 1, hints: 1 });
  });
});

describe("accidents: each is told, and the watch goes on", () => {
  test("all of them, one after the other", async () => {
    writeFileSync(file, unsolved);
    const watch = startWatch([], { cwd: folder, env: fresh() });
    await watch.sees("Not yet");
    for (const [body, ...told] of ACCIDENTS) {
      writeFileSync(file, body);
      for (const text of told) await watch.sees(text);
    }
    writeFileSync(file, right);
    await watch.sees("Passed.");
    watch.type("q");
    expect(await watch.ended()).toBe(0);
  });
});

test("Ctrl-C while a check runs ends the watch, and blames nobody", async () => {
  writeFileSync(file, inAnswer("while (true) {}"));
  const watch = startWatch([], { cwd: folder, env: fresh() });
  await watch.sees("Checking …");
  watch.interrupt();
  expect(await watch.ended()).toBe(130);
  expect(watch.output()).not.toMatch(/SIGKILL|still running|Your code/);
});

const inAnswer = (body: string) => `export async function answer() {\n  ${body}\n}\n`;

const ACCIDENTS: [body: string, ...told: string[]][] = [
  [inAnswer("while (true) {}"), "still running after 10 seconds", "first-call.ts:2"],
  [inAnswer("process.exit(0);"), "ended the program (exit code 0)", "first-call.ts:2"],
  [inAnswer('throw "no luck";'), 'threw the string "no luck", which is not an Error'],
  [inAnswer("undefined.length;"), "threw TypeError", "first-call.ts:2"],
  [
    "export async function answer( {\n  return 1;\n}\n",
    "cannot be read: Unexpected token",
    "first-call.ts:2",
  ],
  [inAnswer("const a = 1; const a = 2;"), "already been declared", "first-call.ts:2"],
  ["async function answer() {}\n", 'exports no function "answer"'],
  [
    inAnswer("for (let at = 0; at < 200_000; at++) console.log('flood', at);"),
    "No request was sent",
  ],
  [
    inAnswer("const all = []; for (;;) all.push(new Array(1e6).fill(1.5));"),
    "more than 256 MB of memory",
  ],
  [inAnswer("await new Promise(() => {});"), "waits for a promise that nothing will settle"],
  [
    inAnswer("Promise.reject(new Error('forgotten')); await 1;"),
    "threw Error: forgotten",
    "first-call.ts:2",
  ],
  [inAnswer("process.kill(process.pid, 'SIGKILL');"), "ended the program (SIGKILL)"],
  ['import "left-pad";\n', "The package left-pad is not installed"],
];

describe("progress", () => {
  const damaged = "{ not a record";

  test("a damaged file is told by whatever reads it, and kept", async () => {
    const env = fresh();
    const kept = join(env.LLM_LAB_DATA ?? "", "progress.json");
    mkdirSync(env.LLM_LAB_DATA ?? "");
    writeFileSync(kept, damaged);
    const { code, stdout } = await run(["list"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain("Your progress could not be read");
    expect(readFileSync(kept.replace(".json", "-damaged-1.json"), "utf8")).toBe(damaged);
  });

  test("the list says what a section builds on, until that was opened", async () => {
    const env = fresh();
    const title = "memory/summary: A running summary";
    expect((await run(["list"], { env })).stdout).toContain(`${title} (after memory/buffer)\n`);
    const opened = { step: 1, of: 2, last: "2026-11-27T10:00:00.000Z" };
    const sections = { "memory/buffer": opened };
    const record = { version: 2, sections, exercises: {}, predictions: {} };
    mkdirSync(env.LLM_LAB_DATA ?? "");
    writeFileSync(join(env.LLM_LAB_DATA ?? "", "progress.json"), JSON.stringify(record));
    expect((await run(["list"], { env })).stdout).toContain(`${title}\n`);
  });

  test("goes to another machine as a file, and what was there is kept", async () => {
    writeFileSync(file, right);
    const [from, to] = [fresh(), fresh()];
    await run(["check", "1"], { cwd: folder, env: from });
    await run(["hint", "choose-k"], { env: to });
    const path = join(base, "exported.json");
    await run(["progress", "--export", path], { env: from });
    const { stdout } = await run(["progress", "--import", path], { env: to });
    expect(stdout).toContain("progress.json.before-import");
    const { record } = JSON.parse(
      (await run(["progress", "--format", "json"], { env: to })).stdout,
    );
    expect(Object.keys(record.exercises)).toEqual(["first-call"]);
    const none = await run(["progress", "--import", join(exercise, "check.ts")], { env: to });
    expect(none.code).toBe(2);
  });

  test("the last exercise of a topic marks the topic; the page says what was done and no more", async () => {
    const last = exercises.findLast(({ topic }) => topic === "setup");
    const env = fresh();
    const path = join(folder, basename(last?.folder ?? ""), last?.file ?? "");
    writeFileSync(path, readFileSync(join(last?.folder ?? "", "solution.ts"), "utf8"));
    const nothing = await run(["certificate"], { cwd: base, env });
    expect(nothing.stderr).toContain("There is nothing to write down yet");
    await run(["check", last?.name ?? ""], { cwd: folder, env });
    const { stdout } = await run(["progress"], { env });
    expect(stdout).toMatch(/setup: .* \(done\)/);
    expect(stdout).toContain("Next: llm-lab lesson prompting/tokens\nOr: llm-lab watch first-call");
    await run(["certificate", "page.html", "--name", "<Ada>"], { cwd: base, env });
    const page = readFileSync(join(base, "page.html"), "utf8");
    expect(page).toContain("What &lt;Ada&gt; did");
    expect(page).toContain(`passed exercise ${last?.number}`);
    expect(page).toContain("without a hint");
  });

  test("what was predicted wrong is asked again, with another value, until it is right", async () => {
    const env = fresh();
    const kept = join(env.LLM_LAB_DATA ?? "", "progress.json");
    const wrongOnce = { right: 0, wrong: 1, isRight: false, last: "2026-11-26T10:00:00.000Z" };
    const step = "memory/window/forgets";
    const record = { version: 2, sections: {}, exercises: {}, predictions: { [step]: wrongOnce } };
    mkdirSync(env.LLM_LAB_DATA ?? "");
    writeFileSync(kept, JSON.stringify(record));
    // With a window of 2 or 3 exchanges the name is still sent; the usual window has one.
    const { code, stdout } = await run(["quiz", "--answers", "yes"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain("Will it still know the name?");
    expect(stdout).toContain("All are right now.");
    expect(JSON.parse(readFileSync(kept, "utf8")).predictions[step]).toMatchObject({
      right: 1,
      wrong: 1,
      isRight: true,
    });
    expect((await run(["quiz"], { env })).stdout).toContain("nothing to ask again");
  });
});
