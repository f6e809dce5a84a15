import { LLMChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { section, text } from "../../src/lab.ts";

// A *chain* is a row of steps with names for what goes in and what comes out.
// The smallest is an *LLMChain*: a *prompt template*, which is a prompt with
// gaps, and a model. You fill the gaps, it makes the call.
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

// The template has one gap, `product`. What you type is pasted in, the whole is
// sent as one prompt, and the reply comes back under the name `text`. The
// drawing below is made from the chain object itself.
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

// A chain runs again and again with other values: that is what the gaps are for.
// `invoke` returns only the outputs; the product that went in is not in there.
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
  names.predict({
    question: "How many messages does the prompt have?",
    choices: ["1", "2"],
    judge: (run) =>
      run.calls.length === 1 && !run.prompts[0]?.includes("\n\n") ? "1" : "2",
  }),
  again,
);
