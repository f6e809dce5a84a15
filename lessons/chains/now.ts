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

// Today chains are put together from *runnables*: anything with `invoke`, joined
// by `pipe`. LangChain calls the style *LCEL*. The prompts that go out are the
// same; what you gain is streaming, branches that run at once, and a way to stop.
const lab = section({
  title: "Chains as they are written today",
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

// Then: LLMChain. Now: prompt, model and parser, joined by `pipe`. The parser
// takes the text out of the model's message.
const piped = lab.step("A sequence", async ({ chat, params, draw, show }) => {
  const prompt = PromptTemplate.fromTemplate(NAME);
  const chain = prompt.pipe(chat()).pipe(new StringOutputParser());

  await show("The name", await chain.invoke({ product: params.product }));
  await draw(chain);
  return (input) => chain.invoke({ product: input });
});

// Then: SequentialChain. Now: `RunnablePassthrough.assign` adds a variable to
// those that are there, and passes all of them on. What is returned is
// everything, not only the last link's output.
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

// Links that do not need each other can run at once. The time line shows when
// each call was under way: the bars lie one over the other.
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

// Then: a router that writes JSON and hopes. Now: *structured output*. The
// request carries the shape of the answer, and the names of the destinations
// with it, so there is nothing left to misspell.
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

// A chain of runnables hands on each token as it comes. LLMChain has a `stream`
// too, but it waits for the whole reply and yields it in one piece.
const streams = lab.step(
  "Streaming through a chain",
  async ({ chat, params, table }) => {
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
  },
);

// To stop a run, give it a *signal*, or a `timeout`, in its config. Runnables
// heed it. Classic chains do not: they look for it among the values.
const stopped = lab.step("Cancelling", async ({ chat, params, fails }) => {
  const prompt = PromptTemplate.fromTemplate(NAME);
  const now = prompt.pipe(chat());
  const then = new LLMChain({ llm: chat(), prompt });
  const values = { product: params.product };
  const signal = AbortSignal.abort();

  await fails("a runnable, cancelled", () => now.invoke(values, { signal }));
  await fails("LLMChain, cancelled", () => then.invoke(values, { signal }));
  await fails("LLMChain, told its way", () =>
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
    question: "Into how many pieces does LLMChain cut it?",
    choices: ["1", "several"],
    judge: (run) => (run.tables[0]?.rows[1]?.[1] === "1" ? "1" : "several"),
  }),
  stopped.predict({
    question: "How many of the three calls will be made?",
    choices: [0, 1, 3],
    judge: (run) => run.calls.length,
  }),
);
