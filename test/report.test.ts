import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, readPage } from "./support/page.ts";
import { eventsOf, root, run } from "./support/program.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-report-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const MOST_BYTES = 1_500_000;

describe("the page of a run", () => {
  test("a lesson's has its prose, its code, each prompt as it was sent, each reply and what it took", async () => {
    const argv = ["lesson", "memory/window", "--format", "jsonl", "--report", at("window.html")];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stderr]).toEqual([0, ""]);
    const html = read("window.html");
    const page = readPage(html);
    expect(faultsOf(page)).toEqual([]);
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html.length).toBeLessThan(MOST_BYTES);
    const events = eventsOf(stdout);
    const parts = events.flatMap((event) => {
      if (event.type === "call-start")
        return event.messages.flatMap((message: { parts: { text: string }[] }) =>
          message.parts.flatMap((part) => part.text.split("\n")),
        );
      if (event.type === "call-end") return [event.text];
      if (event.type === "step-start") return [event.title, event.code.text];
      if (event.type === "prediction-judged") return [event.actual, event.why];
      return [];
    });
    // Marks of prose are not shown, and each line of code and prompt stands by itself.
    const words = (part: string) => part.replace(/[`*\s]/g, "");
    const all = words(page.textOf("main"));
    expect(parts.length).toBeGreaterThan(20);
    for (const part of parts) expect(all).toContain(words(part));
    expect(events.at(-1).text).toMatch(/^The report is in .*window\.html \(\d+ kB\)\.$/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("the lines that a prompt did not have before are marked, and those that are gone are told", async () => {
    await run(["lesson", "memory/window", "--report", at("fresh.html")]);
    const page = readPage(read("fresh.html"));
    const fresh = page.elements.filter(({ tagName }) => tagName === "ins");
    expect(fresh.length).toBeGreaterThan(3);
    expect(page.textOf("del")).toContain("Ada");
    expect(page.textOf("main")).toMatch(/Against call \d+: \d+ lines? new \(\+\)/);
  });

  test("plots, maps, curves and chains are pictures with their values behind", async () => {
    for (const section of ["memory/compare", "chains/sequential"])
      await run(["lesson", section, "--report", at(`${section.replace("/", "-")}.html`)]);
    for (const name of ["memory-compare.html", "chains-sequential.html"]) {
      const page = readPage(read(name));
      expect(faultsOf(page)).toEqual([]);
      const figures = page.elements.filter(({ tagName }) => tagName === "figcaption").length;
      const pictures = page.elements.filter((one) => page.attribute(one, "role") === "img");
      expect(pictures.length).toBeGreaterThan(0);
      expect(figures).toBeGreaterThanOrEqual(pictures.length);
      const behind = page.elements.filter((one) => page.attribute(one, "class") === "values");
      expect(behind).toHaveLength(pictures.length);
    }
  });

  test("a question's begins with its answer and sources", async () => {
    const argv = ["ask", "What is temperature?", "--handbook", "--format", "json"];
    const { code, stdout } = await run([...argv, "--report", at("ask.html")]);
    expect(code).toBe(0);
    const { answer, sources } = JSON.parse(stdout);
    const page = readPage(read("ask.html"));
    expect(faultsOf(page)).toEqual([]);
    const headings = page.elements.filter(({ tagName }) => tagName === "h2");
    expect(headings.map((one) => page.attribute(one, "id")).slice(0, 3)).toEqual([
      "contents",
      "answer",
      "how",
    ]);
    expect(page.textOf("main")).toContain(answer);
    for (const { name } of sources) expect(page.textOf("main")).toContain(name);
  });

  test("a training's has a curve of each stage, and Markdown has its values as tables", async () => {
    const argv = ["train", "--steps", "4", "--layers", "1", "--width", "16", "--out", at("model")];
    expect(await run([...argv, "--report", at("train.md")])).toMatchObject({ code: 0, stderr: "" });
    expect(read("train.md")).toMatch(/^<!-- llm-lab report -->\n\n# A tiny model/);
    expect(read("train.md")).toMatch(/\| steps \| loss \|\n\| --- \| --- \|\n\| 1 \| \d/);
  });

  test("a program's calls under xray are there, its traps first, and no key", async () => {
    const key = "sk-test-0123456789abcdefghij";
    const program = [process.execPath, join(root, "test/xray/programs/stream.mjs")];
    const { code } = await run(
      ["xray", "--model", "offline", "--report", at("xray.html"), "--", ...program, key],
      { env: { OPENAI_API_KEY: key }, alone: true },
    );
    const page = readPage(read("xray.html"));
    expect(faultsOf(page)).toEqual([]);
    expect(page.textOf("h1")).toContain("x-ray of");
    expect(read("xray.html")).not.toContain(key);
    expect(page.textOf("summary")).toContain("call 1");
    expect(code).toBe(0);
  });

  test("an interrupted run's has what was played so far, and says where it is", async () => {
    const { code, stderr } = await run(
      ["lesson", "memory", "--format", "jsonl", "--report", at("cut.html")],
      {
        watch: (output, child) =>
          output.includes('"type":"call-end","call":3') && child.kill("SIGINT"),
      },
    );
    expect(code).toBe(130);
    expect(stderr).toMatch(/^The report is in .*cut\.html/);
    const page = readPage(read("cut.html"));
    expect(faultsOf(page)).toEqual([]);
    expect(page.textOf("main")).toContain("call 3");
    expect(page.textOf("h3")).not.toContain("Four memories");
  });
});

describe("where a report goes", () => {
  const lesson = ["lesson", "setup/first-call", "--report"];

  test.each([
    [
      "notes.txt",
      /notes\.txt is not the name of a report\.\nA report is HTML or Markdown: --report out\.html/,
    ],
    [
      "missing/out.html",
      /The report .*missing\/out\.html cannot be written: the folder is not there\./,
    ],
    [
      "mine.html",
      /mine\.html is there already, and is not a report of llm-lab\.\nChoose another path/,
    ],
    ["folder.html", /The report .*folder\.html cannot be written: it is a folder\./],
    ["loop.html", /The report .*loop\.html cannot be written: it is a link that leads nowhere\./],
  ])("%s is refused before the run begins", async (name, message) => {
    writeFileSync(at("mine.html"), "<!doctype html><title>Mine</title>");
    mkdirSync(at("folder.html"), { recursive: true });
    rmSync(at("loop.html"), { force: true });
    symlinkSync(at("nowhere.html"), at("loop.html"));
    const { code, stdout, stderr } = await run([...lesson, at(name)]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(read("mine.html")).toBe("<!doctype html><title>Mine</title>");
  });

  test("an earlier report is written over, in one step", async () => {
    await run([...lesson, at("twice.html")]);
    writeFileSync(at("twice.html"), read("twice.html").replace("first-call", "earlier-run"));
    const { code } = await run([...lesson, at("twice.html")]);
    expect(code).toBe(0);
    expect(read("twice.html")).not.toContain("earlier-run");
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written is told", async () => {
    mkdirSync(at("locked"));
    chmodSync(at("locked"), 0o500);
    const { code, stderr } = await run([...lesson, at("locked/out.html")]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be written: you may not\./)]);
  });
});

describe("llm-lab report", () => {
  const START = {
    type: "run-start",
    version: 3,
    kind: "lesson",
    endpoint: "offline",
    model: "m",
    why: "",
    pricesAsOf: "",
  };
  const lines = (...events: object[]) =>
    events.map((event) => `${JSON.stringify(event)}\n`).join("");

  test("makes the page that --report makes, beside the run, and reads stdin", async () => {
    const argv = ["lesson", "setup/first-call", "--format", "jsonl"];
    const { stdout } = await run([...argv, "--report", at("same.html")]);
    const events = stdout.split("\n").filter((line) => !line.includes('"type":"note-shown"'));
    writeFileSync(at("run.jsonl"), events.join("\n"));
    const made = await run(["report", at("run.jsonl")]);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toMatch(/^The report is in .*run\.html \(\d+ kB\)\.\n$/);
    const plain = (name: string) => read(name).replace(/ on [\d-]+ [\d:]+ UTC/, "");
    expect(plain("run.html")).toBe(plain("same.html"));
    const piped = await run(["report", "-", "--out", at("piped.md")], { stdin: events.join("\n") });
    expect([piped.code, piped.stderr]).toEqual([0, ""]);
    expect(read("piped.md")).toContain("call 1");
  });

  test.each([
    ["nothing", "", /^stdin is empty\.$/m],
    ["only empty lines", "\n\n", /^stdin is empty\.$/m],
    ["no event", "hello\n", /^Line 1 of stdin is not an event of a run\.$/m],
    [
      "a damaged line",
      `${lines(START)}{"type":\n${lines(START)}`,
      /^Line 2 of stdin is not an event/m,
    ],
    [
      "no start",
      lines({ type: "step-end" }),
      /^stdin is not a run: it does not begin with run-start\.$/m,
    ],
    [
      "older events",
      lines({ ...START, version: 2 }),
      /^stdin has events of version 2, and this llm-lab reads version 3\.\nWrite the run again/m,
    ],
    ["newer events", lines({ ...START, version: 4 }), /version 4.*\nUse a newer llm-lab\.$/m],
    ["two runs", lines(START, START), /^stdin has 2 runs, and a report is of one\.$/m],
    [
      "an event with fields of another type",
      lines(START, { type: "table-shown", title: "t", columns: "ab", rows: [[1]] }),
      /is damaged: it lacks what its type has\./m,
    ],
    [
      "an event without its fields",
      lines(START, { type: "call-start" }),
      /^Event 2 of stdin is damaged/m,
    ],
  ])("of %s it says in a sentence why there is no page", async (_what, stdin, message) => {
    const { code, stdout, stderr } = await run(["report", "-", "--out", at("none.html")], {
      stdin,
    });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).not.toContain("none.html");
  });

  test("what a killed run wrote is a page, and the line that is not whole is told", async () => {
    const stdin = `${lines(START)}{"type":"note-sho`;
    const { code, stdout } = await run(["report", "-", "--out", at("killed.html")], { stdin });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /The last line of stdin is not whole, and was left out\.\nThe run in stdin did not come to its end\.\n$/,
    );
  });

  test("needs a run", async () => {
    expect(await run(["report"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^report takes a run\./),
    });
    const { code, stderr } = await run(["report", at("not-there.jsonl")]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^There is no run .*not-there\.jsonl\./),
    ]);
  });
});
