import { LLMChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { section, text } from "../../src/lab.ts";

// A *chain* is a fixed series of steps, with names for what goes in and what comes
// out. The smallest is an *LLMChain*: a *prompt template*, which is a text with
// gaps, and a model. It comes from `@langchain/classic`, LangChain's package for
// the classes of 0.x; the last section shows how chains are written now.
const lab = section({
  title: "One prompt and one model",
  params: {
    product: text({
      default: "Queen Size Sheet Set",
      maxLength: 200,
      help: "what the company makes",
    }),
  },
});

const BEST_NAME =
  "What is the best name to describe a company that makes {product}?";

// The template has one gap, `product`. The chain fills it in, sends the prompt, and
// returns the reply under the name `text`. `chat()` makes a `ChatOpenAI`, set to the
// model in use. llm-lab makes the drawing from the chain object itself. More:
// `llm-lab help llm-chain`.
const names = lab.step(
  "A name for a company",
  async ({ chat, params, draw }) => {
    const chain = new LLMChain({
      llm: chat(),
      prompt: PromptTemplate.fromTemplate(BEST_NAME),
    });

    await chain.invoke({ product: params.product });
    await draw(chain);

    return (input) => chain.invoke({ product: input });
  },
);

// The same chain runs with other values; that is what the gaps are for. `invoke`
// returns only the outputs: the product that went in is not among them.
const again = lab.step("Other values", async ({ chat, params, show }) => {
  const prompt = PromptTemplate.fromTemplate(BEST_NAME);
  const chain = new LLMChain({ llm: chat(), prompt, outputKey: "name" });

  await show("The gaps", prompt.inputVariables);
  for (const product of [
    params.product,
    "ceramic teapots",
    "folding bicycles",
  ]) {
    await show(`For ${product}`, await chain.invoke({ product }));
  }
});

export default lab.steps(
  names
    .predict({
      question: "How many messages does the prompt have?",
      choices: [1, 2],
      judge: ({ messages }) => messages[0]?.length ?? 0,
      why:
        "A PromptTemplate is one text, and an LLMChain sends it as one message from " +
        "the user. A ChatPromptTemplate could hold a system message too.",
    })
    .expect("a PromptTemplate is one message", 1),
  again.expect(
    "the chain runs once for each value",
    ({ calls }) => calls.length === 3,
  ),
);
