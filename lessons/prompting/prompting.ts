import { StructuredOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { z } from "zod";
import { answerTo, bases, section, text } from "../../src/lab.ts";

// A *prompt* is all the text that a model is given. How to write a prompt depends on
// how the model was made: a base model needs a text to continue, and a tuned model
// needs to be told what you want. See `llm-lab help prompt`.
const lab = section({
  title: "Prompts for base models and for tuned models",
  kits: [bases],
  params: {
    question: text({
      default: "What is the capital of Peru?",
      maxLength: 200,
      help: "what a base model is to answer",
    }),
    review: text({
      default:
        "I bought this lamp as a present for my sister. It arrived in two days. It is a bit expensive, but the light is warm and the switch is solid.",
      maxLength: 1500,
      help: "a review",
    }),
    style: text({
      default: "calm and polite English",
      maxLength: 100,
      help: "how a text is to be written; try pirate, telegram",
    }),
    complaint: text({
      default: "I WANT MY MONEY BACK NOW!!! The stupid kettle is broken!",
      maxLength: 600,
      help: "a text to be written anew",
    }),
    a: text({
      default: "What is the capital of {country}?",
      maxLength: 200,
      help: "prompt A, with {country} where the country goes",
    }),
    b: text({
      default: "What city is {country}'s capital?",
      maxLength: 200,
      help: "prompt B; try {country}: capital?",
    }),
  },
});

// To make a base model answer, give the text a form in which answers come. Here the
// same question is written in three forms: bare and between the marks `Q:` and `A:`
// (both without an example: *zero-shot*), and with a solved example before it
// (*few-shot*; three to five are usual). The same is tried for the capitals of ten
// countries, and the right answers are counted. What examples can do besides is
// shown in prompting/few-shot. See `llm-lab help few-shot`.
const fewShot = lab.step<Right>(
  "A form that asks for an answer",
  async ({ complete, baseModels, params, table, tell }) => {
    const example =
      "Q: Name the capital of Italy.\nA: The capital of Italy is Rome.\n";
    const write = {
      bare: (question: string) => question,
      marks: (question: string) => `Q: ${question}\nA:`,
      example: (question: string) => `${example}Q: ${question}\nA:`,
    };
    const [model] = baseModels;
    const llm = complete({ model, maxTokens: 14, stop: ["\nQ:"] });
    const right: Right = { bare: 0, marks: 0, example: 0 };
    const rows = [];
    for (const form of FORMS) {
      for (const question of TRIED.map(capitalOf)) {
        const text = await llm.invoke(write[form](question));
        if (answerTo(question)?.(text)) right[form] += 1;
      }
      const text = await llm.invoke(write[form](params.question));
      rows.push([form, text.trim(), right[form]]);
    }
    await table("What comes", ["form", params.question, "right"], rows);
    await tell(right);
  },
);

const FORMS = ["bare", "marks", "example"] as const;
const capitalOf = (country: string) => `What is the capital of ${country}?`;
type Right = Record<"bare" | "marks" | "example", number>;
const TRIED = [
  "France",
  "Spain",
  "Germany",
  "Greece",
  "Poland",
  "Japan",
  "Egypt",
  "Kenya",
  "Cuba",
  "Peru",
];

// A tuned model needs an *instruction*: what to do, with which text, and in which
// form. Marks around the text (here three backticks) show the model where it
// begins and ends; they do not stop it from obeying orders that stand in the text
// (`llm-lab help prompt-injection`). A *template* is a prompt with variables in
// braces; `style` is one, so the same prompt serves for many styles.
const styled = lab.step(
  "An instruction, a style",
  async ({ chat, params, show }) => {
    const prompt = PromptTemplate.fromTemplate(
      "Rewrite the text between the backticks.\nStyle: {style}\n```{text}```",
    );
    const chain = prompt.pipe(chat());
    const { style, complaint } = params;
    const { content } = await chain.invoke({ style, text: complaint });
    await show("Written anew", content);
    return (input) => chain.invoke({ style, text: input });
  },
);

// The model gets the same review twice. The first prompt does not say what you want;
// the second asks for a summary, and says how long it may be. A *role*, such as
// "You are a buyer for a shop", may help too. It goes into the system message; the
// offline tutor does not follow roles, so it is not tried here.
const instructed = lab.step(
  "Vague and clear",
  async ({ chat, params, table }) => {
    const { review } = params;
    const prompts = {
      vague: "{review}",
      clear: "Summarize this review in 1 sentence:\n\n{review}",
    };
    const rows = [];
    for (const [name, template] of Object.entries(prompts)) {
      const chain = PromptTemplate.fromTemplate(template).pipe(chat());
      rows.push([name, String((await chain.invoke({ review })).content)]);
    }
    await table("What comes back", ["prompt", "reply"], rows);
  },
);

// Which language is spoken in the country with the capital Athens? That takes two
// facts: the country, then its language. The base model is asked for both at once,
// and then in two steps: what it writes in the first stands in the text of the
// second. That is *chain of thought*: a step that is written out becomes something
// to build on. See `llm-lab help chain-of-thought`.
const thought = lab.step<{ atOnce: number; inSteps: number }>(
  "Room for a step",
  async ({ complete, baseModels, table, tell }) => {
    const [model] = baseModels;
    const llm = complete({ model, maxTokens: 8, stop: ["."] });
    const right = { atOnce: 0, inSteps: 0 };
    const rows = [];
    for (const [capital, language] of CAPITALS) {
      const whole = `The language of the country with the capital ${capital} is`;
      const atOnce = await llm.invoke(whole);

      const step = `${capital} is the capital of`;
      const country = await llm.invoke(step);
      const next = `${step}${country}. The language of${country} is`;
      const inSteps = await llm.invoke(next);

      if (atOnce.includes(language)) right.atOnce += 1;
      if (inSteps.includes(language)) right.inSteps += 1;
      rows.push([capital, ...[atOnce, country, inSteps].map(short)]);
    }
    const columns = ["capital", "at once", "step", "after it"];
    await table("The language", columns, rows);
    await tell(right);
  },
);

const short = (text: string) => text.trim().slice(0, 24);
const CAPITALS = [
  ["Paris", "French"],
  ["Madrid", "Spanish"],
  ["Berlin", "German"],
  ["Athens", "Greek"],
  ["Warsaw", "Polish"],
  ["Tokyo", "Japanese"],
  ["Cairo", "Arabic"],
  ["Nairobi", "Swahili"],
  ["Havana", "Spanish"],
  ["Lima", "Spanish"],
] as const;

// Is prompt B better than prompt A? One input says little: count over several. Here
// two wordings, `a` and `b`, ask the tuned tiny model for ten capitals. The inputs
// that both get right, or both wrong, say nothing about the difference; the others
// are like tosses of a coin. *p* says how often a fair coin falls at least as
// unevenly; below 0.05 people speak of a difference. See `llm-lab help ab-test`.
const compared = lab.step<Compared>(
  "Is prompt B better than A?",
  async ({ complete, params, table, show, tell }) => {
    const llm = complete({ model: "tiny-instruct", maxTokens: 20 });
    const rows: string[][] = [];
    const only = { a: 0, b: 0 };
    for (const country of TRIED) {
      const isRight = answerTo(capitalOf(country)) ?? (() => false);
      const right: boolean[] = [];
      for (const prompt of [params.a, params.b])
        right.push(isRight(await llm.invoke(filled(prompt, country))));
      const [a, b] = right;
      if (a && !b) only.a += 1;
      if (b && !a) only.b += 1;
      rows.push([country, ...right.map((is) => (is ? "right" : "wrong"))]);
    }
    await table("Ten inputs", ["country", "A", "B"], rows);
    const p = chance(only.a, only.b);
    await show("Right with A only, with B only", `${only.a}, ${only.b}`);
    await show("p", p.toFixed(3));
    await tell({ ...only, p });
  },
);

type Compared = { a: number; b: number; p: number };

const filled = (prompt: string, country: string) =>
  prompt.includes("{country}")
    ? prompt.replaceAll("{country}", country)
    : `${prompt} ${country}`;

/**
 * How often a fair coin, tossed for each input that differs, falls at least as unevenly: the sign
 * test.
 */
function chance(a: number, b: number): number {
  const tosses = a + b;
  let [ways, sum] = [1, 0];
  for (let heads = 0; heads <= Math.min(a, b); heads++) {
    sum += ways;
    ways = (ways * (tosses - heads)) / (heads + 1);
  }
  return Math.min(1, (2 * sum) / 2 ** tosses);
}

// A program needs an object, not prose. An *output parser* does two things. It writes
// into the prompt what form the reply must have, and it turns the reply into an
// object, or says what is wrong with it. The form is a *Zod schema*: a description
// of the object's fields. See `llm-lab help output-parser`.
const parsed = lab.step(
  "From a review to an object",
  async ({ chat, params, show }) => {
    const shape = z.object({
      gift: z.boolean().describe("was it bought as a gift?"),
      delivery_days: z
        .number()
        .describe("days until it was delivered, -1 if unknown"),
      price_value: z.array(z.string()).describe("sentences about the price"),
    });
    const parser = StructuredOutputParser.fromZodSchema(shape);
    const prompt = PromptTemplate.fromTemplate("Review: {review}\n\n{form}");
    const chain = prompt.pipe(chat()).pipe(parser);

    const object = await chain.invoke({
      review: params.review,
      form: parser.getFormatInstructions(),
    });
    await show("An object", object);
    await show("days + 1", object.delivery_days + 1);
  },
);

export default lab.steps(
  fewShot
    .predict({
      question: "Which form gets the most right answers of a base model?",
      choices: ["bare", "marks", "example", "two are equal"],
      judge: ({ facts }) => {
        const most = Math.max(...Object.values(facts));
        const best = FORMS.filter((form) => facts[form] === most);
        return best.length === 1 && best[0] ? best[0] : "two are equal";
      },
      why: ({ facts: { bare, marks, example } }) =>
        `Right: bare ${bare}, marks ${marks}, example ${example}. After Q: and A: the likeliest text is an answer, since the tiny model has read exams of that form. Where the marks alone get all of them, an example has nothing left to add.`,
    })
    .briefly()
    .expect(
      "the marks make a base model answer",
      ({ facts }) => facts.marks > facts.bare,
    ),
  instructed,
  styled,
  thought
    .predict({
      question:
        "How will the base model get more languages right: asked at once, or with the country written first?",
      choices: ["at once", "with the step", "as many"],
      judge: ({ facts: { atOnce, inSteps } }) => {
        if (atOnce === inSteps) return "as many";
        return atOnce > inSteps ? "at once" : "with the step";
      },
      why: ({ facts: { atOnce, inSteps } }) =>
        `At once ${atOnce}, in steps ${inSteps} of ${CAPITALS.length}; a step that names the wrong country leads on to that country's language. Here our program writes the beginnings of the steps; a large chat model writes them itself when you ask it to think step by step, and reasoning models do so unasked. The offline tutor does not reason.`,
    })
    .briefly()
    .expect("a step that is written out helps", "with the step"),
  compared
    .predict({
      question: ({ a, b }) =>
        `After ten inputs each: is A ("${a}") better than B ("${b}")?`,
      choices: ["A is better", "B is better", "too few to tell"],
      judge: ({ facts: { a, b, p } }) => {
        if (p >= 0.05) return "too few to tell";
        return a > b ? "A is better" : "B is better";
      },
      why: ({ facts: { a, b, p } }) =>
        `Right with A alone: ${a}, with B alone: ${b}; p = ${p.toFixed(3)}. With all the differences on one side it takes six of them to get below 0.05, so for a small difference ten inputs are too few: take a hundred, of real users.`,
    })
    .briefly()
    .expect("ten inputs are too few to tell", "too few to tell"),
  parsed.expect(
    "a program can count with the object's numbers",
    ({ values }) => values["days + 1"] === 3,
  ),
);
