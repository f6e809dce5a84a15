import { LLMChain, SequentialChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { integer, section, text } from "../../src/lab.ts";
import REVIEWS from "./reviews.csv";

// Where links have several inputs and outputs, each gets a name. A
// *SequentialChain* keeps all of them as *variables*: a link takes those that
// its template has gaps for, and adds its own output.
const lab = section({
  title: "Several inputs and outputs",
  params: {
    row: integer({
      default: 1,
      min: 1,
      max: 10000,
      help: "the row of the table of reviews",
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

// Four links. The first and the third take the review; the last takes what the
// second and the third gave. LangChain's own verbose mode hides what lies
// between; here every link shows its prompt, its reply and the variables so far.
const four = lab.step(
  "A review, answered",
  async ({ chat, params, rows, draw }) => {
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
  },
);

/** The review in a row, counted from 1 and from the start again after the last. */
function reviewIn(rows: Record<string, string>[], row: number): string {
  const cells = rows[(row - 1) % rows.length] ?? {};
  const longest = Object.values(cells).toSorted(
    (a, b) => b.length - a.length,
  )[0];
  return cells.review ?? cells.Review ?? longest ?? "";
}

export default lab.steps(
  four.predict({
    question: "Which links take what another link gave?",
    choices: [
      "only the second",
      "the second and the fourth",
      "all but the first",
    ],
    judge: (run) => {
      const given = run.replies.map((reply) => reply.trim());
      const takes = run.prompts.map((prompt, at) =>
        given
          .slice(0, at)
          .some((reply) => reply !== "" && prompt.includes(reply)),
      );
      if (takes[1] && takes[3] && !takes[2])
        return "the second and the fourth";
      return takes[2] ? "all but the first" : "only the second";
    },
  }),
);
