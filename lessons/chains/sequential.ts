import { LLMChain, SequentialChain } from "@langchain/classic/chains";
import { StructuredOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { z } from "zod";
import { integer, LabError, section, text } from "../../src/lab.ts";
import REVIEWS from "./reviews.csv";

// Where links have several inputs and outputs, each value gets a name. A
// *SequentialChain* keeps all values as *variables*: a link takes those that its
// template has gaps for, and adds its own output under its `outputKey`. More:
// `llm-lab help sequential-chain`.
const lab = section({
  title: "A chain with several inputs and outputs",
  params: {
    row: integer({
      default: 1,
      min: 1,
      max: 10000,
      help: "the row of the table of reviews; the shipped one has 14",
    }),
    review: text({
      default: "",
      help: "a review of your own, instead of a row",
    }),
  },
});

const TRANSLATE = "Translate the following review to English:\n\n{Review}";
const SUMMARISE =
  "Can you summarize the following review in 1 sentence:\n\n{English_Review}";
const LANGUAGE = "What language is the following review:\n\n{Review}";
const FOLLOW_UP =
  "Write a follow up response to the following summary in the specified " +
  "language:\n\nSummary: {summary}\n\nLanguage: {language}";

// Four links: translate a review, summarise it, name its language, and write a
// follow-up. llm-lab shows each link's prompt, reply and the variables so far. In a
// program of your own, the chain's option `verbose: true` prints the same, as JSON.
const four = lab.step<{ links: Link[] }>(
  "A review, answered",
  async ({ chat, params, rows, draw, tell }) => {
    const link = (template: string, outputKey: string) =>
      new LLMChain({
        llm: chat(),
        prompt: PromptTemplate.fromTemplate(template),
        outputKey,
      });

    const chain = new SequentialChain({
      chains: [
        link(TRANSLATE, "English_Review"),
        link(SUMMARISE, "summary"),
        link(LANGUAGE, "language"),
        link(FOLLOW_UP, "followup_message"),
      ],
      inputVariables: ["Review"],
      outputVariables: ["English_Review", "summary", "followup_message"],
    });

    const Review = params.review || reviewIn(await rows(REVIEWS), params.row);
    await chain.invoke({ Review });
    await draw(chain);
    await tell({ links: chain.chains.map(linkOf) });
    return (input) => chain.invoke({ Review: input });
  },
);

const ASK = "Review: {English_Review}\n\n{form}";
const ANSWER = "Write a short answer to this: {said}";

// Three links: translate, find what is said of the taste, answer that. A parser reads
// the second reply as an object, and llm-lab spoils that reply on its way by a comma
// too many, as models do now and then. Watch which prompts are sent.
const broken = lab.step(
  "A link that fails",
  async ({ chat, params, rows, fails }) => {
    const taste = z.array(z.string()).describe("sentences about the taste");
    const shape = z.object({ taste });
    const parser = StructuredOutputParser.fromZodSchema(shape);
    const prompt = PromptTemplate.fromTemplate;
    const translates = new LLMChain({
      llm: chat(),
      prompt: prompt(TRANSLATE),
      outputKey: "English_Review",
    });
    const asks = new LLMChain({
      llm: chat({ fault: "trailing-comma" }),
      prompt: prompt(ASK),
      outputKey: "said",
      outputParser: parser,
    });
    const answers = new LLMChain({ llm: chat(), prompt: prompt(ANSWER) });
    const inputVariables = ["Review", "form"];
    const chains = [translates, asks, answers];
    const chain = new SequentialChain({ chains, inputVariables });

    const Review = params.review || reviewIn(await rows(REVIEWS), params.row);
    const form = parser.getFormatInstructions();
    await fails("the chain", () => chain.invoke({ Review, form }));
  },
);

type Link = { takes: string[]; gives: string[] };

const linkOf = (chain: {
  inputKeys: string[];
  outputKeys: string[];
}): Link => ({
  takes: chain.inputKeys,
  gives: chain.outputKeys,
});

/** The review in a row, counted from 1. */
function reviewIn(rows: Record<string, string>[], row: number): string {
  const cells = rows[row - 1];
  if (!cells) {
    throw new LabError(
      `The table has no row ${row}`,
      `It has ${rows.length} rows: row takes 1 to ${rows.length}.`,
    );
  }
  const longest = Object.values(cells).toSorted(
    (a, b) => b.length - a.length,
  )[0];
  return cells.review ?? cells.Review ?? longest ?? "";
}

export default lab.steps(
  four
    .predict({
      question:
        "Their templates have gaps for {Review}, for {English_Review}, for {Review}, and for {summary} and {language}. Which links take what another link gave?",
      choices: [
        "only the second",
        "the second and the fourth",
        "all but the first",
      ],
      judge: ({ facts: { links } }) => {
        const isGiven = (key: string) =>
          links.some(({ gives }) => gives.includes(key));
        const takers = links.map(({ takes }) => takes.some(isGiven));
        if (takers[2]) return "all but the first";
        return takers[3] ? "the second and the fourth" : "only the second";
      },
      why:
        "The first and the third take the review, the second the translation, and " +
        "the fourth what the second and the third gave.",
    })
    .expect("two links take what others gave", "the second and the fourth"),
  broken
    .predict({
      question:
        "The second of three links fails. How many calls will you pay for?",
      choices: [1, 2, 3],
      judge: ({ calls }) => calls.length,
      why:
        "A reply is paid for before it is parsed. The third link was not asked, and " +
        "`invoke` throws, so the translation is lost too: to try again, you pay for both " +
        "calls again. The section chains/retries shows what to do.",
    })
    .expect(
      "a reply that does not parse is paid for, and stops the chain",
      2,
    ),
);
