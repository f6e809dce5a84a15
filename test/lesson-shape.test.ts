import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
import { lessonSource } from "../scripts/lesson-source.mjs";
import { checkLesson, readSection } from "../scripts/read-section.mjs";

const FILE = "lessons/tea/kettle.ts";

const HEAD = `import { section, vectors } from "../../src/lab.ts";

// A kettle boils water.
//
// Then tea is made.
const lab = section({ title: "Kettles", kits: [vectors] });
`;

const STEP = `
// It *boils*.
const boils = lab.step<{ hot: "yes" | "no" }>("It boils", async ({ chat }) => {
  const model = chat();

  await model.invoke("Grüße, नमस्ते 🫖");
});
`;

const END = "\nexport default lab.steps(boils);\n";

const read = (code: string) => readSection(code, FILE, ["tokenizers", "vectors"]);

/** What is said of a file that is not as it should be. */
function faultsOf(code: string): string {
  try {
    read(code);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("a section's file", () => {
  test("gives its prose, and the body of each step as it is written", () => {
    expect(read(HEAD + STEP + END)).toEqual({
      prose: "A kettle boils water.\n\nThen tea is made.",
      steps: [
        {
          name: "boils",
          title: "It boils",
          prose: "It *boils*.",
          code: {
            file: FILE,
            line: 10,
            text: 'const model = chat();\n\nawait model.invoke("Grüße, नमस्ते 🫖");',
          },
          expects: [],
        },
      ],
    });
  });

  test("may break its lines as the formatter does, and predict where it makes the step", () => {
    const code = `
// Why.
const one = lab
  .step(
    "One",
    async () => {
      go("}");
    },
  )
  .predict({ question: "Q?", choices: [1, 2], judge: () => 1 });
`;
    expect(read(HEAD + code + END)?.steps).toMatchObject([
      { name: "one", title: "One", code: { text: 'go("}");', line: 13 } },
    ]);
  });

  test("says at which line each outcome of a step is promised", () => {
    const made = `
// Why.
const one = lab
  .step("One", async () => {
    go.expect("nothing of a lesson", 1);
  })
  .expect("it is made with it", () => true);
`;
    const end = `
export default lab.steps(
  boils
    .predict({ question: "Hot?", choices: ["yes", "no"], judge: () => "yes" })
    .expect("it boils", "yes")
    .briefly()
    .expect("it is hot", () => true),
  one,
);
`;
    const steps = read(HEAD + STEP + made + end)?.steps;
    const lines = (HEAD + STEP + made + end).split("\n");
    const lineOf = (words: string) => lines.findIndex((line) => line.includes(words)) + 1;
    expect(steps?.[0]?.expects.toReversed()).toEqual([
      { claim: "it boils", line: lineOf('"it boils"') },
      { claim: "it is hot", line: lineOf('"it is hot"') },
    ]);
    expect(steps?.[1]?.expects).toEqual([
      { claim: "it is made with it", line: lineOf("it is made") },
    ]);
  });

  test("is left alone where it is no section", () => {
    expect(read("export const TEA = 1;\n")).toBeUndefined();
  });
});

const longBody = Array.from({ length: 26 }, (_, at) => `  await show("${at}");`).join("\n");

describe.each([
  [
    "makes no section",
    "// Why.\nexport default lab.steps();\n",
    `${FILE}:2: The file makes no section. It needs a line "const lab = section({" at its margin.`,
  ],
  [
    "does not export its steps",
    HEAD + STEP,
    `${FILE}:6: The file does not export its steps. End it with "export default lab.steps(…)".`,
  ],
  [
    "has no prose of its own",
    HEAD.replaceAll(/^\/\/.*\n/gm, "") + STEP + END,
    `${FILE}:3: The section has no comment above it. Write its prose there.`,
  ],
  [
    "asks for a kit that nobody has",
    HEAD.replace("[vectors]", "[vectors, teapots]") + STEP + END,
    `${FILE}:6: There is no kit "teapots". The kits are tokenizers, vectors.`,
  ],
  [
    "has a step without a comment",
    HEAD + STEP.replace("// It *boils*.", "") + END,
    `${FILE}:9: The step boils has no comment above it. Write its prose there.`,
  ],
  [
    "has a comment that a blank line parts from its step",
    HEAD + STEP.replace("*.\n", "*.\n\n") + END,
    `${FILE}:10: The step boils has no comment above it. Write its prose there.`,
  ],
  [
    "has a title that is not written where it stands",
    HEAD + STEP.replace('"It boils"', "TITLE") + END,
    `${FILE}:9: The step boils needs a title in quotes, so that the page finds it.`,
  ],
  [
    "has a body that stands elsewhere",
    `${HEAD}\n// Why.\nconst boils = lab.step("It boils", body);\n${END}`,
    `${FILE}:9: The step boils needs its body in place: "async ({ chat }) => { … }".`,
  ],
  [
    "has a body without a line of its own",
    `${HEAD}\n// Why.\nconst boils = lab.step("It boils", async () => {});\n${END}`,
    `${FILE}:9: The step boils has no line of its own in its body. Run "npm run format".`,
  ],
  [
    "has a step that is not a constant of its own",
    `${HEAD}\n// Why.\nexport default lab.steps(lab.step("It boils", async () => {\n  go();\n}));\n`,
    `${FILE}:9: A step must be a constant of its own at the margin: "const name = lab.step(…)".`,
  ],
  [
    "has two steps of one title",
    HEAD + STEP + STEP.replace("const boils", "const again") + END,
    `${FILE}:16: The steps boils and again have one title: "It boils".`,
  ],
  [
    "has more code than a page takes",
    HEAD + STEP.replace("  const model = chat();\n", longBody) + END,
    `${FILE}:9: The step boils has 27 lines of code. A page takes 25.`,
  ],
  [
    "has a line that is too wide",
    HEAD + STEP.replace("Grüße", "Grüße".repeat(20)) + END,
    `${FILE}:12: A line of the step boils has 134 columns. A page takes 80.`,
  ],
  [
    "offers a choice twice",
    `${HEAD}${STEP}\nexport default lab.steps(boils.predict({\n  question: "Hot?",\n  choices: ["yes", "no", "yes"],\n}));\n`,
    `${FILE}:17: The question "Hot?" offers "yes" twice.`,
  ],
  [
    "claims an outcome that is not written where it stands",
    `${HEAD}${STEP}\nexport default lab.steps(boils.expect(CLAIM, () => true));\n`,
    `${FILE}:15: An outcome of the step boils needs its claim in quotes.`,
  ],
  [
    "claims an outcome twice",
    `${HEAD}${STEP}\nexport default lab.steps(\n  boils\n    .expect("hot", () => true)\n    .expect("hot", () => false),\n);\n`,
    `${FILE}:17: The step boils claims "hot" twice.`,
  ],
  [
    "offers one choice only",
    `${HEAD}${STEP}\nexport default lab.steps(boils.predict({ question: "Hot?", choices: [1] }));\n`,
    `${FILE}:15: The question "Hot?" needs at least two choices.`,
  ],
])("a section's file that %s", (_, code, sentence) => {
  test("is told of, with its line", () => {
    expect(faultsOf(code)).toBe(sentence);
  });
});

test("all faults of a file are told at once, in the order of its lines", () => {
  const code = HEAD.replace("vectors]", "cups]") + STEP.replace("// It *boils*.\n", "") + END;
  expect(faultsOf(code).split("\n")).toEqual([
    expect.stringContaining(`${FILE}:6: There is no kit "cups".`),
    expect.stringContaining(`${FILE}:8: The step boils has no comment`),
  ]);
});

test("a lesson names each section like its file", () => {
  const code = `export default lesson({ sections: {\n  cups: () => import("./cups.ts"),\n  "tea-pots": () => import("./pots.ts"),\n} });\n`;
  expect(() => checkLesson(code, "lessons/tea/lesson.ts")).toThrow(
    'lessons/tea/lesson.ts:3: The section "tea-pots" comes from ./pots.ts. Name it like its file.',
  );
});

test("the build fails, and says where and why", async () => {
  const id = `${import.meta.dirname}/../lessons/tea/kettle.ts`;
  const code = HEAD + STEP.replace("// It *boils*.", "") + END;
  const file = {
    name: "file",
    resolveId: () => id,
    load: () => ({ code, moduleType: "ts" as const }),
  };
  const building = rolldown({ input: "kettle", plugins: [file, lessonSource()] });
  const generated = building.then((bundle) => bundle.generate());
  await expect(generated).rejects.toThrow(
    /lessons\/tea\/kettle\.ts:9: The step boils has no comment/,
  );
});
