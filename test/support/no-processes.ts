import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

/** For `npm run test:quick`: nothing that starts a process may slip into it. */
const refuse = () => {
  throw new Error("This test starts a process: import what starts it from test/support/program.ts");
};
for (const name of ["spawn", "spawnSync", "fork", "exec", "execSync", "execFile", "execFileSync"])
  Object.assign(childProcess, { [name]: refuse });
syncBuiltinESMExports();
