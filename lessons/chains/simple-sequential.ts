import { LLMChain, SimpleSequentialChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { integer, section, text } from "../../src/lab.ts";

// One prompt often does one thing well and two things badly. So make two calls:
// the reply to the first becomes the input of the second. Where each link has
// one input and one output, that is a *SimpleSequentialChain*.
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

// First a name, then a description of the company of that name. Look at the
// second prompt: the name in it is the first reply, to the letter. The second
// link never hears of the product.
const two = lab.step(
  "A name, then a description",
  async ({ chat, params, draw }) => {
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
    return chain;
  },
);

export default lab.steps(
  two.predict({
    question: "Does the second prompt name the product?",
    choices: ["yes", "no"],
    judge: (run) =>
      run.prompts[1]?.includes(run.params.product) ? "yes" : "no",
  }),
);
