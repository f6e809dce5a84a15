import { LLMChain } from "@langchain/classic/chains";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import {
  type Runnable,
  RunnableLambda,
  RunnableMap,
  RunnablePassthrough,
} from "@langchain/core/runnables";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// Chains are now made of *runnables*, joined by `pipe`: prompts, models, parsers and
// functions, which all have `invoke`, `stream` and `batch`. LangChain calls the style
// *LCEL*. The prompts stay the same; the steps show what else changes. For steps that
// loop or wait, the documentation of LangChain 1.x teaches LangGraph (November 2026).
// More: `llm-lab help lcel`, `llm-lab help langgraph`.
const lab = section({
  title: "Chains in LCEL",
  params: {
    product: text({
      default: "Queen Size Sheet Set",
      maxLength: 200,
      help: "what the company makes",
    }),
    review: text({
      default:
        "Je trouve le goût médiocre. La mousse ne tient pas, c'est bizarre.",
      help: "a review in any language",
    }),
    question: text({
      default: "What is black body radiation?",
      help: "what is asked",
    }),
  },
});

const ENGLISH = "Translate the following review to English:\n\n{Review}";
const SUMMARY =
  "Can you summarize the following review in 1 sentence:\n\n{English_Review}";

const NAME =
  "What is the best name to describe a company that makes {product}?";

// A prompt, a model and a parser do the work of an LLMChain. The parser takes the
// text out of the message that the model returns. The drawing shows what each
// handed to the next.
const piped = lab.step("A sequence", async ({ chat, params, draw, show }) => {
  const prompt = PromptTemplate.fromTemplate(NAME);
  const chain = prompt.pipe(chat()).pipe(new StringOutputParser());

  await show("The name", await chain.invoke({ product: params.product }));
  await draw(chain);
  return (input) => chain.invoke({ product: input });
});

// `RunnablePassthrough.assign` does the work of a SequentialChain: it adds a variable
// to those that are there, and passes all of them on. The chain returns all
// variables, not only the last.
const assigned = lab.step(
  "Variables: assign",
  async ({ chat, params, show }) => {
    const link = (template: string) =>
      PromptTemplate.fromTemplate(template)
        .pipe(chat())
        .pipe(new StringOutputParser());

    const chain = RunnablePassthrough.assign({
      English_Review: link(ENGLISH),
    }).pipe(
      RunnablePassthrough.assign({
        summary: link(SUMMARY),
      }),
    );
    await show(
      "All variables",
      await chain.invoke({ Review: params.review }),
    );
  },
);

// Links that do not need each other's output can run at the same time. Together
// they take about as long as the slowest, and cost as much as one after the other.
// The time line shows when each call was under way. If one of them fails, the whole
// fails, and the others are paid all the same.
const parallel = lab.step(
  "Branches at once",
  async ({ chat, params, timeline }) => {
    const link = (template: string) =>
      PromptTemplate.fromTemplate(template)
        .pipe(chat())
        .pipe(new StringOutputParser());

    const chain = RunnableMap.from({
      english: link(ENGLISH),
      language: link("What language is the following review:\n\n{Review}"),
      summary: link(
        "Can you summarize the following review in 1 sentence:\n\n{Review}",
      ),
    });
    await chain.invoke({ Review: params.review });
    await timeline();
  },
);

// `batch` runs a chain for each input of a list, and gives the results in the same
// order. `maxConcurrency` says how many run at a time, so that a long list does not
// run into the provider's limits. More: `llm-lab help rate-limit`.
const batched = lab.step(
  "A list of inputs: batch",
  async ({ chat, params, show, timeline }) => {
    const chain = PromptTemplate.fromTemplate(NAME)
      .pipe(chat())
      .pipe(new StringOutputParser());

    const products = [params.product, "tea", "kites", "olive oil"];
    const names = await chain.batch(
      products.map((product) => ({ product })),
      { maxConcurrency: 2 },
    );
    await show("The names", names);
    await timeline();
  },
);

const SUBJECTS = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  other: "everything else",
};

// With *structured output* the request carries the shape of the answer, and with it
// the names of the destinations. Where the endpoint enforces the shape, as OpenAI
// does, no other name can come; a reply that is cut off or refused can still fail.
// `z` is Zod, a library that describes such shapes. More: `llm-lab help structured-output`.
const routed = lab.step(
  "A router by structured output",
  async ({ chat, params, show }) => {
    const names = Object.keys(SUBJECTS) as [string, ...string[]];
    const shape = z.object({ destination: z.enum(names) });
    const choose = ChatPromptTemplate.fromMessages([
      ["system", `Choose the best destination:\n${listOf(SUBJECTS)}`],
      ["user", "{question}"],
    ]).pipe(chat().withStructuredOutput(shape, { method: "jsonSchema" }));

    const answer = RunnableLambda.from(async ({ destination, question }) => {
      const expert = PromptTemplate.fromTemplate(
        `You are an expert in ${destination}.\n\nHere is a question:\n{question}`,
      );
      return expert
        .pipe(chat())
        .pipe(new StringOutputParser())
        .invoke({ question });
    });

    const { destination } = await choose.invoke({
      question: params.question,
    });
    await show("Chosen", destination);
    await show(
      "Answered",
      await answer.invoke({ destination, question: params.question }),
    );
  },
);

// A model sends its reply in pieces, so that a person can read along. A runnable
// has a method `stream`, and LLMChain has one too. The step counts the pieces that
// three chains hand on; the second ends with a function that needs the whole text.
const streams = lab.step<Record<"runnable" | "lambda" | "classic", number>>(
  "Streaming through a chain",
  async ({ chat, params, table, tell }) => {
    const prompt = PromptTemplate.fromTemplate(NAME);
    const piped = prompt.pipe(chat()).pipe(new StringOutputParser());
    const shouts = RunnableLambda.from((name: string) => `${name}!`);
    const chains: [string, Runnable][] = [
      ["prompt | model | parser", piped],
      ["prompt | model | parser | function", piped.pipe(shouts)],
      ["LLMChain", new LLMChain({ llm: chat(), prompt })],
    ];

    const counts: number[] = [];
    for (const [, chain] of chains) {
      let pieces = 0;
      const values = { product: params.product };
      for await (const piece of await chain.stream(values)) {
        if (piece !== "") pieces += 1;
      }
      counts.push(pieces);
    }
    const rows = chains.map(([name], at) => [name, counts[at] ?? 0]);
    await table("Pieces of the same reply", ["chain", "pieces"], rows);
    const [runnable = 0, lambda = 0, classic = 0] = counts;
    await tell({ runnable, lambda, classic });
  },
);

// An abort *signal* stops a run, and here it is aborted before the run begins. A
// runnable gets it in its config. LLMChain gets it there too, and then once more
// among its input values. The config of a runnable takes a `timeout` too, in
// milliseconds, after which it stops the run.
const stopped = lab.step("Cancelling", async ({ chat, params, fails }) => {
  const prompt = PromptTemplate.fromTemplate(NAME);
  const now = prompt.pipe(chat());
  const then = new LLMChain({ llm: chat(), prompt });
  const values = { product: params.product };
  const signal = AbortSignal.abort();

  await fails("a runnable, cancelled", () => now.invoke(values, { signal }));
  await fails("LLMChain, cancelled", () => then.invoke(values, { signal }));
  await fails("LLMChain, among the values", () =>
    then.invoke({ ...values, signal }),
  );
});

const listOf = (subjects: Record<string, string>) =>
  Object.entries(subjects)
    .map(([name, description]) => `${name}: ${description}`)
    .join("\n");

export default lab.steps(
  piped,
  assigned,
  parallel,
  batched
    .predict({
      question: "Four inputs, two at a time. How many requests will be sent?",
      choices: [1, 2, 4],
      judge: ({ calls }) => calls.length,
      why:
        "One for each input: `batch` sends ordinary requests at the ordinary price. A " +
        "provider's batch service is something else: it takes a file of requests, and " +
        "answers within a day at half the price (OpenAI, November 2026).",
    })
    .expect("a batch is one request for each input", 4),
  routed,
  streams
    .predict({
      question: "In how many pieces does LLMChain hand on its reply?",
      choices: ["one", "several"],
      judge: ({ facts }) => (facts.classic === 1 ? "one" : "several"),
      why:
        "LLMChain waits for the whole reply and hands it on as one piece, although " +
        "the model streams it. Prompt, model and parser hand on each piece as it comes; " +
        "a function that needs the whole text waits for it, and so does all that follows.",
    })
    .expect("LLMChain hands on one piece", "one")
    .expect(
      "a runnable hands on each as it comes",
      ({ facts }) => facts.runnable > 1,
    ),
  stopped
    .predict({
      question: "How many of the three calls will be made?",
      choices: [0, 1, 3],
      judge: ({ calls }) => calls.length,
      why:
        "Classic chains ignore the signal in the config. They read it only from the " +
        "input values, next to your variables.",
    })
    .expect("only LLMChain ignores the signal in its config", 1),
);
