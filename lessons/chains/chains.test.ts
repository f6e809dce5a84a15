import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  LLMChain,
  MultiPromptChain,
  SequentialChain,
  SimpleSequentialChain,
} from "@langchain/classic/chains";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { diagramSvg } from "../../src/diagram/svg.ts";
import { createModels } from "../../src/model/factory.ts";
import { REPLY_FAULTS } from "../../src/model/fault.ts";
import { offlineWire } from "../../src/offline/app.ts";
import { eventsOf, root, run } from "../../test/support/program.ts";

const countTokens = (text: string) => Math.ceil(text.length / 4);
const { chat } = createModels({
  model: "offline-tutor",
  baseURL: "http://offline.invalid/v1",
  apiKey: "none",
  wire: offlineWire({ countTokens }),
  countTokens,
  price: () => null,
});
const link = (template: string, outputKey = "text") =>
  new LLMChain({
    llm: chat(),
    prompt: PromptTemplate.fromTemplate(template),
    outputKey,
  });

const PRODUCTS = [
  "hand-knitted socks",
  "electric bicycles",
  "olive oil",
  "kites",
  "Bluetooth hearing aids",
  "soap",
  "Holzspielzeug für Kinder",
  "maps of the sea floor",
  "24-inch wheels",
  "tea",
];

describe("any product", () => {
  test.each(PRODUCTS)(
    "%s gets a name out of its own words, and a description of so many words",
    async (product) => {
      const chain = new SimpleSequentialChain({
        chains: [
          link(
            "What is the best name to describe a company that makes {product}?",
          ),
          link(
            "Write a 20 words description for the following company: {company_name}",
          ),
        ],
      });
      const name = (
        await link(
          "What is the best name for a company that makes {product}?",
        ).invoke({ product })
      ).text;
      const words = product.toLowerCase().split(/[\s-]+/);
      expect(words.some((word) => name.toLowerCase().includes(word))).toBe(
        true,
      );
      expect(name.split(" ").length).toBeLessThan(6);
      const { output } = await chain.invoke({ input: product });
      expect(Math.abs(output.split(/\s+/).length - 20)).toBeLessThanOrEqual(
        1,
      );
    },
  );

  test("products get names of their own", async () => {
    const names = await Promise.all(
      PRODUCTS.map(
        async (product) =>
          (
            await link(
              "A good name for a business that sells {product}?",
            ).invoke({ product })
          ).text,
      ),
    );
    expect(new Set(names).size).toBe(PRODUCTS.length);
  });
});

describe("any review", () => {
  test.each([
    [
      "French",
      "Cette lampe est très belle, mais la lumière est trop froide.",
      "lamp",
      "Merci",
    ],
    [
      "French",
      "Le sac est petit et la qualité est mauvaise. Je recommande un autre produit.",
      "bag",
      "Merci",
    ],
    [
      "German",
      "Das Messer ist sehr gut und der Preis ist perfekt.",
      "knife",
      "Vielen Dank",
    ],
    [
      "German",
      "Die Lieferung war zu spät und die Schachtel war kaputt.",
      "delivery",
      "Vielen Dank",
    ],
    [
      "Spanish",
      "La silla es cómoda y el color es bonito.",
      "chair",
      "Gracias",
    ],
    [
      "Spanish",
      "El teléfono llegó roto y nadie responde.",
      "phone",
      "Gracias",
    ],
    [
      "Italian",
      "Il caffè è buono ma il prezzo è troppo caro.",
      "coffee",
      "Grazie",
    ],
    [
      "Portuguese",
      "A câmera é boa mas a bateria dura pouco tempo.",
      "camera",
      "Obrigado",
    ],
    [
      "Dutch",
      "De stoel is mooi, maar een poot is na een week gebroken.",
      "chair",
      "Bedankt",
    ],
    [
      "Swedish",
      "Lampan är fin men sladden är alldeles för kort.",
      "lamp",
      "Tack",
    ],
    [
      "Japanese",
      "この椅子はとても座り心地がいいですが、値段が高いです。",
      "no glossary for Japanese",
      "I cannot write Japanese",
    ],
    [
      "English",
      "The kettle is quiet and fast, and my children love the colour.",
      "kettle",
      "Thank you",
    ],
  ])("%s: %s", async (language, Review, translated, greeting) => {
    const chain = new SequentialChain({
      chains: [
        link(
          "Translate the following review to English:\n\n{Review}",
          "english",
        ),
        link(
          "Can you summarize the following review in 1 sentence:\n\n{english}",
          "summary",
        ),
        link(
          "What language is the following review:\n\n{Review}",
          "language",
        ),
        link(
          "Write a follow up response to the following summary in the specified language:\n\nSummary: {summary}\n\nLanguage: {language}",
          "reply",
        ),
      ],
      inputVariables: ["Review"],
      outputVariables: ["english", "summary", "language", "reply"],
    });
    const values = await chain.invoke({ Review });
    expect(values.language).toBe(language);
    expect(values.english.toLowerCase()).toContain(translated.toLowerCase());
    expect(values.summary.length).toBeGreaterThan(10);
    expect(values.reply).toContain(greeting);
  });

  test("what the glossary does not cover is marked, and said", async () => {
    const { text } = await link("Translate this to English: {text}").invoke({
      text: "Das Xylophon ist gut und der Preis ist sehr gut.",
    });
    expect(text).toMatch(/‹Xylophon›.*not in my glossary/);
  });
});

const SUBJECTS = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  "computer science": "Good for answering computer science questions",
};
const OWN = {
  cooking: "recipes, ovens and everything in the kitchen",
  law: "contracts, courts and the rights of tenants",
  sailing: "boats, wind, harbours and knots",
  beekeeping: "bees, hives and honey",
};

/** Where a question is sent, by the chain's own router. */
async function destinationOf(
  question: string,
  subjects: Record<string, string>,
): Promise<string | null> {
  const chain = MultiPromptChain.fromLLMAndPrompts(chat(), {
    promptNames: Object.keys(subjects),
    promptDescriptions: Object.values(subjects),
    promptTemplates: Object.keys(subjects).map(() => "{input}"),
  });
  const { destination } = await chain.routerChain.invoke({ input: question });
  return destination ?? null;
}

describe("any question", () => {
  test.each([
    ["How fast does light travel in a vacuum?", "physics"],
    ["Why does a magnet attract iron?", "physics"],
    ["What is the derivative of x squared?", "math"],
    ["how much is 12 * 9", "math"],
    ["Is 97 a prime number?", "math"],
    ["Who was Napoleon?", "history"],
    ["When did the Roman Empire fall?", "history"],
    ["How does a hash table work?", "computer science"],
    ["Which sorting algorithm is fastest?", "computer science"],
    ["How long should I knead bread dough?", "cooking"],
    ["How hot must the oven be for a cake?", "cooking"],
    ["May my landlord raise the rent?", "law"],
    ["Is a spoken contract valid in court?", "law"],
    ["How do I tie a bowline?", "sailing"],
    ["Which side is starboard?", "sailing"],
    ["When do bees make honey?", "beekeeping"],
    ["Do you like tulips?", null],
    ["Tell me something nice.", null],
    ["Where did I leave my umbrella?", null],
  ])("%s goes to %s", async (question, destination) => {
    expect(await destinationOf(question, { ...SUBJECTS, ...OWN })).toBe(
      destination,
    );
  });

  test("the descriptions decide: exchanged, they exchange the choice", async () => {
    const exchanged = {
      ...SUBJECTS,
      physics: SUBJECTS.history,
      history: SUBJECTS.physics,
    };
    for (const [question, before, after] of [
      ["Why does a magnet attract iron?", "physics", "history"],
      ["Who was Napoleon?", "history", "physics"],
    ] as const) {
      expect(await destinationOf(question, SUBJECTS)).toBe(before);
      expect(await destinationOf(question, exchanged)).toBe(after);
    }
  });
});

describe("the lesson as it is played", () => {
  // biome-ignore lint/suspicious/noExplicitAny: events as they were parsed
  let events: any[];
  let exit: number | string | null;
  beforeAll(async () => {
    const { stdout, code } = await run([
      "lesson",
      "chains",
      "--format",
      "jsonl",
    ]);
    events = eventsOf(stdout);
    exit = code;
  });
  const ofStep = (step: string) => {
    const from = events.findIndex(
      (event) =>
        event.type === "step-start" && event.step === `chains/${step}`,
    );
    return events.slice(
      from,
      events.findIndex((event, at) => at > from && event.type === "step-end"),
    );
  };

  test("ends well, each section by itself too", async () => {
    expect(exit).toBe(0);
    for (const section of [
      "llm-chain",
      "simple-sequential",
      "sequential",
      "router",
      "failures",
      "now",
      "retries",
    ]) {
      expect((await run(["lesson", `chains/${section}`])).code).toBe(0);
    }
  });

  test("every chain that starts ends, inside the one that it is part of, with inputs and outputs", () => {
    const open: string[] = [];
    for (const event of events) {
      if (event.type === "chain-start") {
        if (event.parent !== null) expect(open).toContain(event.parent);
        expect(event.inputs).not.toBeNull();
        open.push(event.run);
      }
      if (event.type === "chain-end" || event.type === "chain-failed") {
        expect(open).toContain(event.run);
        open.splice(open.indexOf(event.run), 1);
      }
    }
    expect(open).toEqual([]);
    const links = ofStep("sequential/four").filter(
      (event) => event.type === "chain-end" && event.outputs,
    );
    expect(links.map((event) => Object.keys(event.outputs))).toEqual([
      ["English_Review"],
      ["summary"],
      ["language"],
      ["followup_message"],
      ["English_Review", "summary", "followup_message"],
    ]);
  });

  test("branches overlap: all have begun before the first has ended", () => {
    const calls = ofStep("now/parallel").filter(
      (event) => event.type === "call-start" || event.type === "call-end",
    );
    expect(calls.map((event) => event.type)).toEqual([
      ...Array(3).fill("call-start"),
      ...Array(3).fill("call-end"),
    ]);
    const inTurn = ofStep("now/assigned").filter(
      (event) => event.type === "call-start" || event.type === "call-end",
    );
    expect(inTurn.map((event) => event.type)).toEqual([
      "call-start",
      "call-end",
      "call-start",
      "call-end",
    ]);
  });

  test("then and now send the same prompt", () => {
    const prompt = (step: string) =>
      ofStep(step).find((event) => event.type === "call-start").messages;
    expect(prompt("now/piped")).toEqual(prompt("llm-chain/names"));
    const streamed = ofStep("now/streams").filter(
      (event) => event.type === "call-start",
    );
    expect(streamed[0].messages).toEqual(streamed[1].messages);
  });

  test("the failures are worded as they were", () => {
    let step = "";
    const told = events.flatMap((event) => {
      if (event.type === "step-start") step = event.step;
      const isError =
        event.type === "value-shown" && / an error$/.test(event.label);
      return isError
        ? [`${step}, ${event.label}: ${event.value.split("\n")[0]}`]
        : [];
    });
    expect(told).toMatchInlineSnapshot(`
      [
        "chains/sequential/broken, the chain: an error: Error: Failed to parse. Text: "\`\`\`json",
        "chains/failures/misspelt, product is misspelt: an error: Error: (f-string) Missing value for input product",
        "chains/failures/variables, a variable is missing: an error: Error: Missing variables for chain "llm": "language". Only got the following variables: "review", "summary".",
        "chains/failures/variables, two links give the same: an error: Error: The following output variables for chain "llm" are overlapping: "summary". This can lead to unexpected behaviour.",
        "chains/failures/variables, a promise is not kept: an error: Error: The following output variables were expected to be in the final chain output but were not found: "rating".",
        "chains/failures/inputs, two inputs: an error: Error: Chains used in SimpleSequentialChain should all have one input, got 2 for llm.",
        "chains/failures/careless, trailing-comma: an error: Error: Failed to parse. Text: "\`\`\`json",
        "chains/failures/careless, silentErrors: an error: Error: Failed to parse. Text: "\`\`\`json",
        "chains/failures/invented, an invented destination: an error: Error: Destination biology not found in destination chains with keys physics,history",
        "chains/failures/braces, a brace: an error: Error: Invalid prompt schema: (f-string) Missing value for input a: 1",
        "chains/now/stopped, a runnable, cancelled: an error: AbortError: This operation was aborted",
        "chains/now/stopped, LLMChain, among the values: an error: AbortError: Request was aborted.",
        "chains/retries/fallen, around the model: an error: Error: Failed to parse. Text: "\`\`\`json",
      ]
    `);
  });

  test.each([
    ["llm-chain", "llm-chain/names", "An LLM chain"],
    ["lcel-chain", "now/piped", "A chain in LCEL"],
    [
      "simple-sequential-chain",
      "simple-sequential/two",
      "A simple sequential chain",
    ],
    ["sequential-chain", "sequential/four", "A sequential chain"],
    ["router-chain", "router/routes", "A router chain"],
  ])(
    "images/%s.svg is the picture of its chain; if not, run npm run images",
    (image, step, title) => {
      const { diagram } = ofStep(step).find(
        (event) => event.type === "chain-drawn",
      );
      expect(diagramSvg(diagram, title)).toBe(
        readFileSync(join(root, `images/${image}.svg`), "utf8"),
      );
    },
  );
});

describe("runnables and classic chains", () => {
  test.each(PRODUCTS)(
    "send the same prompt and get the same name for %s",
    async (product) => {
      const template =
        "What is the best name to describe a company that makes {product}?";
      const now = PromptTemplate.fromTemplate(template)
        .pipe(chat())
        .pipe(new StringOutputParser());
      expect(await now.invoke({ product })).toBe(
        (await link(template).invoke({ product })).text,
      );
    },
  );

  test.each([
    ["Why does a magnet attract iron?", "physics"],
    ["What is the derivative of x squared?", "math"],
    ["Who was Napoleon?", "history"],
    ["How do I tie a bowline?", "sailing"],
    ["May my landlord raise the rent?", "law"],
    ["How long should I knead bread dough?", "cooking"],
    ["When do bees make honey?", "beekeeping"],
    ["How does a hash table work?", "computer science"],
    ["Do you like tulips?", "other"],
    ["Tell me something nice.", "other"],
  ])("structured output sends %s to %s", async (question, destination) => {
    const subjects = { ...SUBJECTS, ...OWN, other: "everything else" };
    const shape = z.object({
      destination: z.enum(Object.keys(subjects) as [string]),
    });
    const list = Object.entries(subjects)
      .map(([name, text]) => `${name}: ${text}`)
      .join("\n");
    const choose = chat().withStructuredOutput(shape, {
      method: "jsonSchema",
    });
    const messages = [
      ["system", `Choose the best destination:\n${list}`],
      ["user", question],
    ] as const;
    expect(
      await choose.invoke(
        messages.map(([role, content]) => ({ role, content })),
      ),
    ).toEqual({ destination });
  });
});

describe("every fault, with other questions", () => {
  test.each(
    REPLY_FAULTS.filter((fault) => fault !== "none").flatMap((fault) =>
      ["Who was Napoleon?", "Do you like tulips?"].map(
        (question) => [fault, question] as const,
      ),
    ),
  )("%s: %s", async (fault, input) => {
    const chain = MultiPromptChain.fromLLMAndPrompts(chat({ fault }), {
      promptNames: ["history"],
      promptDescriptions: ["for questions about history"],
      promptTemplates: ["{input}"],
    });
    await expect(chain.invoke({ input })).rejects.toThrow(
      /Failed to parse|not found|not a function|undefined/,
    );
  });

  test("--fault spoils the replies of any lesson", async () => {
    const spoilt = await run([
      "lesson",
      "memory/stateless",
      "--fault",
      "half-stream",
    ]);
    expect(spoilt.stdout).toContain("Hello Ada!");
    expect(spoilt.stdout).not.toContain("Nice to meet you.");
    const wrong = await run([
      "lesson",
      "memory/stateless",
      "--fault",
      "bad-hair",
    ]);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /"bad-hair" is not a valid value for --fault/,
      ),
    });
  });
});

describe("a learner's own values", () => {
  test("a destination of one's own is chosen", async () => {
    const argv = [
      "lesson",
      "chains/router",
      "--format",
      "jsonl",
      "--set",
      "question=How long do I boil an egg?",
    ];
    const events = eventsOf(
      (
        await run([
          ...argv,
          "--set",
          "destinations=cooking: recipes and kitchens",
        ])
      ).stdout,
    );
    const router = events.find(
      (event) => event.type === "chain-end" && event.outputs?.destination,
    );
    expect(router.outputs.destination).toBe("cooking");
  });

  test("a review of one's own, and a table of one's own", async () => {
    const review = "Das Brot ist kalt und zu teuer.";
    const own = await run([
      "lesson",
      "chains/sequential",
      "--set",
      `review=${review}`,
    ]);
    expect(own.stdout).toContain("language = German");
    const table = await run([
      "lesson",
      "chains/sequential",
      "--file",
      join(root, "lessons/chains/reviews.csv"),
      "--set",
      "row=3",
    ]);
    expect(table.stdout).toContain("language = Spanish");
    const missing = await run([
      "lesson",
      "chains/sequential",
      "--file",
      "no-such.csv",
    ]);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is no file no-such\.csv/),
    });
  });

  test.each(REPLY_FAULTS.filter((fault) => fault !== "none"))(
    "the fault %s breaks the router, and the mended chain answers",
    async (fault) => {
      const events = eventsOf(
        (
          await run([
            "lesson",
            "chains/failures",
            "--format",
            "jsonl",
            "--set",
            `fault=${fault}`,
          ])
        ).stdout,
      );
      const from = events.findIndex(
        (event) => event.step === "chains/failures/careless",
      );
      const shown = events
        .slice(from)
        .filter((event) => event.type === "value-shown");
      expect(shown[0].label).toBe(`${fault}: an error`);
      expect(shown[2].label).toBe("mended: no error");
    },
  );
});
