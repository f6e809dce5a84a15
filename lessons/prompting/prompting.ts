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
  },
});

// To make a base model answer, give the text a form in which answers come. Here the
// same question is written in three forms: bare, between the marks `Q:` and `A:`,
// and with an example before it, which is called *few-shot*. The same is tried for
// the capitals of ten countries, and the right answers are counted. See
// `llm-lab help few-shot`.
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
// form. Marks around the text (here three backticks) separate it from the
// instruction. A *template* is a prompt with variables in braces; `style` is one,
// so the same prompt serves for many styles.
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
        `Right: bare ${bare}, marks ${marks}, example ${example}. After Q: and A: the likeliest text is an answer; the tiny model has read such exams. An example adds most where the form is new to the model.`,
    })
    .briefly(),
  instructed,
  styled,
  parsed,
);
