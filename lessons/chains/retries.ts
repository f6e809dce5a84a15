import {
  StringOutputParser,
  StructuredOutputParser,
} from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import {
  RunnableLambda,
  RunnablePassthrough,
} from "@langchain/core/runnables";
import { z } from "zod";
import { section, type Totals, text } from "../../src/lab.ts";

// `ChatOpenAI` by itself sends a request again that the server refuses for now (too
// many requests, errors of the 500s): six times, if `maxRetries` does not say
// otherwise. This section is about what it cannot see: a reply that came, has to be
// paid for, and is of no use. More: `llm-lab help retries`, `llm-lab help fallbacks`.
const lab = section({
  title: "Retries and fallbacks",
  params: {
    review: text({
      default: "Le goût est médiocre. La mousse ne tient pas.",
      maxLength: 500,
      help: "a review in any language",
    }),
  },
});

const TRANSLATE = PromptTemplate.fromTemplate(
  "Translate the following review to English:\n\n{review}",
);
const ASK = PromptTemplate.fromTemplate("Review: {english}\n\n{form}");
const taste = z.array(z.string()).describe("sentences about the taste");
const parser = StructuredOutputParser.fromZodSchema(z.object({ taste }));
const form = parser.getFormatInstructions();

// Two links: translate, and find what is said of the taste, as an object. The second
// link's model makes a mistake in its first reply and none in the next. `withRetry`
// runs a runnable again when it throws, after a pause of a second or two. The chain
// is played twice: in the first play the link is retried, in the second the chain.
const retried = lab.step<{ link: number; chain: number }>(
  "Retry the link, or the chain",
  async ({ chat, params, spent, table, tell }) => {
    const english = TRANSLATE.pipe(chat()).pipe(new StringOutputParser());
    const translate = RunnablePassthrough.assign({ english });
    const failsOnce = () => {
      const models = [chat({ fault: "trailing-comma" }), chat()];
      const model = RunnableLambda.from(() => models.shift() ?? chat());
      return ASK.pipe(model).pipe(parser);
    };
    const values = { review: params.review, form };
    const twice = { stopAfterAttempt: 2 };

    await translate.pipe(failsOnce().withRetry(twice)).invoke(values);
    const link = spent();
    await translate.pipe(failsOnce()).withRetry(twice).invoke(values);
    const chain = spent();

    const rows = [rowOf("the link", link), rowOf("the chain", chain)];
    await table("What it took", COLUMNS, rows);
    await tell({ link: link.calls, chain: chain.calls });
  },
);

const COLUMNS = ["retried", "calls", "tokens in", "tokens out"];

const rowOf = (name: string, { calls, tokens }: Totals) => [
  name,
  calls,
  tokens.input,
  tokens.output,
];

// Some failures come again at each attempt: a model that is down, or one that cannot
// do the task. `withFallbacks` names others that are asked in turn when the first
// throws. Here the first model spoils all its replies, and the second none. Look at
// what the two fallbacks are put around.
const fallen = lab.step<{ around: number }>(
  "A second model",
  async ({ chat, fails, spent, tell }) => {
    const first = chat({ fault: "trailing-comma" });
    const second = chat();
    const values = { english: "It tastes mild. I like the taste.", form };

    const aroundModel = ASK.pipe(first.withFallbacks([second])).pipe(parser);
    await fails("around the model", () => aroundModel.invoke(values));
    await tell({ around: spent().calls });

    const aroundLink = ASK.pipe(first)
      .pipe(parser)
      .withFallbacks([ASK.pipe(second).pipe(parser)]);
    await fails("around the link", () => aroundLink.invoke(values));
  },
);

// A reply may also be empty, which a text parser takes for a text. Here llm-lab
// empties it on its way, so its tokens are counted. The first chain below may try
// three times. The second one ends in a check that throws.
const checked = lab.step<{ tried: number }>(
  "A failure that throws nothing",
  async ({ chat, params, fails, spent, tell }) => {
    const link = (model = chat()) =>
      TRANSLATE.pipe(model).pipe(new StringOutputParser());
    const empty = link(chat({ fault: "empty-reply" }));
    const { review } = params;

    const trusting = empty.withRetry({ stopAfterAttempt: 3 });
    await fails("no check", () => trusting.invoke({ review }));
    await tell({ tried: spent().calls });

    const check = RunnableLambda.from((reply: string) => {
      if (reply.trim() === "") throw new Error("The reply is empty.");
      return reply;
    });
    const careful = empty.pipe(check).withFallbacks([link()]);
    await fails("a check", () => careful.invoke({ review }));
  },
);

export default lab.steps(
  retried
    .predict({
      question:
        "The second of two links fails once. How many calls will it take where the whole chain is retried?",
      choices: [2, 3, 4],
      judge: ({ facts }) => facts.chain,
      why: ({ facts: { link, chain } }) =>
        `The chain takes ${chain} calls, because its first link is asked and paid again; the ` +
        `link alone takes ${link}. LangChain.js retries all errors but most TypeErrors, a wrong ` +
        "key and a full account too; `onFailedAttempt` can throw to stop it.",
    })
    .expect("retrying the whole chain pays for its first link again", 4),
  fallen
    .predict({
      question:
        "The first fallback is around the model alone. Will the second model be asked there?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.around > 1 ? "yes" : "no"),
      why:
        "The model did its work: it is the parser that throws, and the fallback is not " +
        "around the parser. Put it around what fails. Your second model is best one of " +
        "another provider, tested with the same cases.",
    })
    .expect("a fallback around the model does not see the parser fail", "no"),
  checked
    .predict({
      question:
        "The reply is empty. How many times will the first chain ask?",
      choices: [1, 2, 3],
      judge: ({ facts }) => facts.tried,
      why:
        "Retries and fallbacks act on errors, and an empty text is none. What a reply " +
        "must have, your program has to check; then a bad reply becomes an error.",
    })
    .expect("an empty reply is not tried again", 1),
);
