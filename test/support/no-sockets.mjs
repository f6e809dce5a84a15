/** Makes every socket and every name look-up throw, and says so: loaded before the program by a test. */
import dns from "node:dns";
import net from "node:net";

function refuse(what) {
  process.stderr.write(`SOCKET OPENED: ${what}\n`);
  throw new Error(`a socket was opened: ${what}`);
}

net.Socket.prototype.connect = (...target) => refuse(JSON.stringify(target[0]));
net.Server.prototype.listen = () => refuse("a server");
dns.lookup = (host) => refuse(`lookup of ${host}`);
dns.promises.lookup = (host) => refuse(`lookup of ${host}`);
