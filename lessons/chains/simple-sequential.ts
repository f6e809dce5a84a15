import { LLMChain, SimpleSequentialChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { integer, section, text } from "../../src/lab.ts";

// A task of two parts can be one prompt or two. Two calls cost more and take longer,
// but you see what lies between them, and can test and mend each prompt by itself.
// Chains that are parts of a chain are its *links*; a *SimpleSequentialChain* takes
// links with one input and one output.
const lab = section({
  title: "One link after another",
  params: {
    product: text({
      default: "Queen Size Sheet Set",
      maxLength: 200,
      help: "what the company makes",
    }),
    words: integer({
      default: 20,
      min: 5,
      max: 80,
      help: "words of the description",
    }),
  },
});

// The first link asks for the name of a company, the second for a description of
// it. Read the templates: each has one gap. More: `llm-lab help sequential-chain`.
const two = lab.step<{ second: Filled }>(
  "A name, then a description",
  async ({ chat, params, draw, tell }) => {
    const link = (template: string) =>
      new LLMChain({
        llm: chat(),
        prompt: PromptTemplate.fromTemplate(template),
      });

    const chain = new SimpleSequentialChain({
      chains: [
        link(
          "What is the best name to describe a company that makes {product}?",
        ),
        link(
          `Write a ${params.words} words description for the following ` +
            "company: {company_name}",
        ),
      ],
    });

    await chain.invoke({ input: params.product });
    await draw(chain);
    await tell({ second: filledInto(chain) });
    return chain;
  },
);

type Filled = "the product" | "the first reply" | "both";

/** What the second link takes, by its variables. */
function filledInto({ chains }: SimpleSequentialChain): Filled {
  const [first, second] = chains;
  const others = second?.inputKeys.filter(
    (key) => !first?.inputKeys.includes(key),
  );
  if (others?.length === 0) return "the product";
  return others?.length === second?.inputKeys.length
    ? "the first reply"
    : "both";
}

export default lab.steps(
  two
    .predict({
      question: "What does the chain fill into the second prompt?",
      choices: ["the product", "the first reply", "both"],
      judge: ({ facts }) => facts.second,
      why:
        "A simple chain hands on one value: the reply, to the letter. The second " +
        "link does not get the product, unless the name that was found says it.",
    })
    .expect(
      "the first reply is all that the second link gets",
      "the first reply",
    ),
);
