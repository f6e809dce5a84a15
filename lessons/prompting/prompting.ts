import { StructuredOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import { z } from "zod";
import { bases, section, text } from "../../src/lab.ts";

// A *prompt* is all that a model is given. How to write one depends on how the
// model was made: a base model needs a text to go on with, a tuned one needs to
// be told what you want.
const lab = section({
  title: "Prompts for each",
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

// *Few-shot* prompting, for a base model: show it the pattern. After the bare
// question it writes more questions. After one example of a question with its
// answer, the likeliest way for the text to go on is an answer.
const fewShot = lab.step<{ asks: boolean }>(
  "Examples make a base model answer",
  async ({ complete, baseModels, params, table, tell }) => {
    const shots =
      "Q: Name the capital of Italy.\nA: The capital of Italy is Rome.\n";
    const prompts = {
      "the question": params.question,
      "Q: … A:": `Q: ${params.question}\nA:`,
      "one example before it": `${shots}Q: ${params.question}\nA:`,
    };
    const rows = [];
    for (const model of baseModels) {
      const llm = complete({ model, maxTokens: 14, stop: ["\nQ:"] });
      for (const [name, prompt] of Object.entries(prompts)) {
        rows.push([name, (await llm.invoke(prompt)).trim()]);
      }
    }
    await table("How the text goes on", ["prompt", "text"], rows);
    await tell({ asks: rows[2]?.[1]?.includes("?") ?? false });
  },
);

// A tuned model needs an *instruction*: what to do, with what, and in which form.
// Marks around the text (here three backticks) tell it apart from the
// instruction. The style is a variable of the *template*, so one prompt serves
// for many.
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

// The same review, asked about in three ways. The first says nothing of what is
// wanted; the second says it, and how long the answer may be; the third adds a
// *role*, in a message of its own, the system message.
const instructed = lab.step(
  "Vague, clear, with a role",
  async ({ chat, params, table }) => {
    const { review } = params;
    const prompts = {
      vague: "{review}",
      clear: "Summarize the following review in 1 sentence:\n\n{review}",
    };
    const rows = [];
    for (const [name, template] of Object.entries(prompts)) {
      const chain = PromptTemplate.fromTemplate(template).pipe(chat());
      rows.push([name, String((await chain.invoke({ review })).content)]);
    }
    const role = ChatPromptTemplate.fromMessages([
      ["system", "You work for a shop and read reviews for a busy buyer."],
      ["user", prompts.clear],
    ]).pipe(chat());
    rows.push(["role", String((await role.invoke({ review })).content)]);
    await table("What comes back", ["prompt", "reply"], rows);
  },
);

// A program wants an object, not prose. An *output parser* does two things: it
// writes into the prompt what form the reply must have, and it turns the reply
// into an object, or says what is wrong with it.
const parsed = lab.step(
  "From a review to an object",
  async ({ chat, params, show }) => {
    const parser = StructuredOutputParser.fromZodSchema(SHAPE);
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

const SHAPE = z.object({
  gift: z.boolean().describe("was it bought as a gift for someone else?"),
  delivery_days: z
    .number()
    .describe("days until it was delivered, -1 if unknown"),
  price_value: z.array(z.string()).describe("sentences about price or value"),
});

export default lab.steps(
  fewShot.predict({
    question:
      "With one example before the question, what will the base model write?",
    choices: ["an answer", "more questions"],
    judge: ({ facts }) => (facts.asks ? "more questions" : "an answer"),
    why: "After a question and its answer, an answer is likeliest to follow.",
  }),
  instructed,
  styled,
  parsed,
);
