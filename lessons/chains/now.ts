import { LLMChain } from "@langchain/classic/chains";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import {
  RunnableLambda,
  RunnableMap,
  RunnablePassthrough,
} from "@langchain/core/runnables";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// Chains are now made of *runnables*: anything with `invoke`, joined by `pipe`.
// LangChain calls the style *LCEL*. The prompts stay the same; the steps show what
// else changes. For steps that loop or wait, the documentation of LangChain 1.x
// teaches LangGraph (November 2026). More:
// `llm-lab help lcel`, `llm-lab help langgraph`.
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

// Links that do not need each other's output can run at the same time. The time
// line shows when each call was under way.
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

const SUBJECTS = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  other: "everything else",
};

// With *structured output* the request carries the shape of the answer, and with it
// the names of the destinations, so that the model can choose only one of them.
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
// each hands on.
const streams = lab.step<{ runnable: number; classic: number }>(
  "Streaming through a chain",
  async ({ chat, params, table, tell }) => {
    const prompt = PromptTemplate.fromTemplate(NAME);
    const now = prompt.pipe(chat()).pipe(new StringOutputParser());
    const then = new LLMChain({ llm: chat(), prompt });

    const pieces = { runnable: 0, classic: 0 };
    for await (const piece of await now.stream({ product: params.product })) {
      if (piece !== "") pieces.runnable += 1;
    }
    for await (const _piece of await then.stream({
      product: params.product,
    })) {
      pieces.classic += 1;
    }
    await table(
      "Pieces of the same reply",
      ["chain", "pieces"],
      [
        ["prompt | model | parser", pieces.runnable],
        ["LLMChain", pieces.classic],
      ],
    );
    await tell(pieces);
  },
);

// An abort *signal* stops a run, and here it is aborted before the run begins. A
// runnable gets it in its config. LLMChain gets it there too, and then once more
// among its input values.
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
  routed,
  streams.predict({
    question: "In how many pieces does LLMChain hand on its reply?",
    choices: ["one", "several"],
    judge: ({ facts }) => (facts.classic === 1 ? "one" : "several"),
    why:
      "LLMChain waits for the whole reply and hands it on as one piece, although " +
      "the model streams it. A runnable hands on each piece as it comes.",
  }),
  stopped.predict({
    question: "How many of the three calls will be made?",
    choices: [0, 1, 3],
    judge: ({ calls }) => calls.length,
    why:
      "Classic chains ignore the signal in the config. They read it only from the " +
      "input values, next to your variables.",
  }),
);
