/** What learners may put in: names and sentences that a judge by spelling would trip over. */
export const HARD_TEXTS = [
  "bob",
  "sam smith",
  "José Ångström",
  "山田太郎",
  "x",
  "a".repeat(40),
  "O'Neil, Jr.!",
  "What is 17 + 25?",
  "The kettle is loud. It leaks!",
  "{name} costs 5 $",
] as const;
