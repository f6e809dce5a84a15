import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

/** `withRetry` pauses for a second or two, which is longer than the server asks for. */
export async function explain({ model, spare, report }: Given) {
  const patient = model.withRetry({
    stopAfterAttempt: 3,
    onFailedAttempt: (error) => {
      const { status = 0 } = error as { status?: number };
      if (status !== 429 && status < 500) throw error;
    },
  });
  return PromptTemplate.fromTemplate("In plain words:\n{report}")
    .pipe(patient.withFallbacks([spare]))
    .pipe(new StringOutputParser())
    .invoke({ report });
}
