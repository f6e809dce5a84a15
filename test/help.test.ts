import { describe, expect, test } from "vitest";
import { run } from "./support/program.ts";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

describe("help", () => {
  test.each(["40", "80"])(
    "explains a topic within %s columns, plain in a pipe",
    async (columns) => {
      const env = { COLUMNS: columns };
      const { code, stdout, stderr } = await run(["help", "context", "window"], { env });
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).not.toContain("\u001b");
      expect(widest(stdout)).toBeLessThanOrEqual(Number(columns));
      expect(stdout.replace(/\s+/g, " ")).toMatch(
        /^Context window from the chapter: What a language model is The context window is .*See also lost-in-the-middle /,
      );
    },
  );

  test("is coloured where colour is asked for, and says the same", async () => {
    const plain = await run(["help", "chunk-overlap"]);
    const coloured = await run(["help", "chunk-overlap"], {
      env: { FORCE_COLOR: "1" },
      // Chalk reads this variable when it is loaded.
      alone: true,
    });
    expect(coloured.stdout).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    expect(coloured.stdout.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain.stdout);
  });

  test("searches where nothing has the name", async () => {
    const { code, stdout } = await run(["help", "how", "do", "I", "count", "tokens?"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nearest to "how do I count tokens\?" in the handbook:\n/);
    expect(stdout).toContain("\nCounting tokens\n");
    expect(stdout).toMatch(/^Also near {2}\w/m);
  });

  test("says so where the handbook has nothing, and what is near", async () => {
    const { code, stdout, stderr } = await run(["help", "banana"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^The handbook has nothing on "banana"\.\nThe nearest topics are \w/);
  });

  test.each([
    ["lessn", "lesson"],
    ["chians", "chains"],
    ["Memry/window", "memory/window"],
  ])("asks whether %j was a slip for %j", async (typed, meant) => {
    const { code, stderr } = await run(["help", typed]);
    expect(code).toBe(2);
    expect(stderr).toContain(`Did you mean llm-lab help ${meant}?`);
  });

  test("prints the help of a command, and the program's own with nothing", async () => {
    const lesson = await run(["help", "lesson"]);
    expect([lesson.code, lesson.stderr]).toEqual([0, ""]);
    expect(lesson.stdout).toBe((await run(["lesson", "--help"])).stdout);
    const whole = await run(["help"]);
    expect([whole.code, whole.stderr]).toEqual([0, ""]);
    expect(whole.stdout).toBe((await run(["--help"])).stdout);
    expect(whole.stdout).toContain("help [topic...]");
  });

  test("lists all topics by chapter", async () => {
    const { code, stdout } = await run(["help", "topics"], { env: { COLUMNS: "40" } });
    expect(code).toBe(0);
    expect(stdout).toContain("Choosing the next token\n");
    expect(stdout).toContain("temperature");
    expect(widest(stdout)).toBeLessThanOrEqual(40);
  });

  test("prints no escape codes of a topic that has some", async () => {
    const { stderr } = await run(["help", "\u001b[31mxyzzy\u0007"]);
    expect(stderr).toContain('nothing on "xyzzy"');
    expect(stderr).not.toContain("\u001b");
  });

  test.each([
    ["temperature", "llm-lab lesson setup/temperature --set temperature=2"],
    ["temperature", "llm-lab lesson prompting/next-token --step 4"],
    ["window memory", "llm-lab watch choose-k"],
    ["k", "llm-lab ask --k <number>"],
    ["k", "llm-lab lesson memory/window --set k=2"],
    ["--timeout", "--timeout <seconds>  how long"],
    ["ConversationBufferWindowMemory", "Window memory\n"],
    ["RunnableLambda", "  llm-lab lesson chains/retries"],
    ["memory/window", "--set k=…"],
    ["memory/", "memory/long-term"],
    ["prompting", "prompting/next-token"],
    ["memory", "Lesson     llm-lab lesson memory"],
    ["openai_base_url", "OPENAI_BASE_URL=http://localhost:11434/v1"],
    ["LLM_LAB_LANG", "LLM_LAB_LANG=de"],
    ["Gedächtnis", '"Gedächtnis" is German for:\n\nMemory\n'],
    ["Ueberlappung", "Chunk overlap\n"],
    ["embeddings", "Embedding\n"],
    ["temprature", "Temperature\n"],
    ["context_length_exceeded", "Context window\n"],
    ["429 Too Many Requests", "Rate limits\n"],
    ["stores", "hnsw"],
  ])("%s tells of %s", async (topic, said) => {
    const { code, stdout } = await run(["help", topic], { env: { COLUMNS: "100" } });
    expect(code).toBe(0);
    expect(stdout).toContain(said);
  });

  test("tells all with --more, and a whole chapter with --chapter", async () => {
    const more = await run(["help", "top-p", "--more"]);
    expect(more.stdout).toMatch(/^Leads here {1,}temperature /m);
    expect(more.stdout).toMatch(/^Chapter {4}logits /m);
    const chapter = await run(["help", "--chapter", "top-p"]);
    expect(chapter.stdout).toMatch(/^Choosing the next token\n\nLogits and softmax \(logits\)\n/);
    expect(chapter.stdout).toContain("\nStreaming (streaming)\n");
  });

  test("stays within a screen and some lines, at any width, for every topic", async () => {
    for (const columns of ["20", "40", "80", "200"]) {
      const env = { COLUMNS: columns };
      for (const topic of ["temperature", "price", "k", "memory/window", "OPENAI_API_KEY"]) {
        const { stdout } = await run(["help", topic], { env });
        expect([topic, widest(stdout) <= Number(columns)]).toEqual([topic, true]);
        if (columns === "80") expect(stdout.split("\n").length).toBeLessThanOrEqual(32);
      }
    }
  });

  test.each([
    ["memory/windw", "Did you mean memory/window?"],
    ["", "Explain what?"],
    ["  ", "Explain"],
  ])("%j is told what to do", async (topic, said) => {
    const { code, stdout, stderr } = await run(["help", topic]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
  });

  test("quotes a topic of ten thousand letters only in part", async () => {
    const { code, stderr } = await run(["help", "xyzzy ".repeat(1700)]);
    expect(code).toBe(2);
    expect(stderr.length).toBeLessThan(400);
  });
});
