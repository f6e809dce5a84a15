export const documents = [
  "A loaf of rye bread costs 4 euros.",
  "Bread can be brought back until the evening of the same day.",
  "The shop is closed on Mondays.",
];
