/**
 * Runs programs one after the other in this process, each with its own endpoint, and tells which
 * failed and how.
 * Started with fork; the list comes as the first message.
 */
process.once("message", async (programs) => {
  const failures = {};
  console.log = () => {};
  console.table = () => {};
  for (const { id, url, file } of programs) {
    process.env.OPENAI_BASE_URL = url;
    await import(file).catch((error) => {
      failures[id] = String(error.stack);
    });
  }
  process.send(failures, () => process.disconnect());
});
