import { spawn } from "node:child_process";
import { connect } from "node:net";

/** Time between two knocks on a Redis that starts [ms]. */
const KNOCK = 50;

/** Keeps one Redis as long as whoever started this process is there; ends when either does. */
const settings = process.argv.slice(2);
const socket = settings[settings.indexOf("--unixsocket") + 1] ?? "";
const redis = spawn("redis-server", settings, { stdio: ["ignore", "ignore", "inherit"] });

/** Tells Redis's process when it is there, or why it is not. */
function tell(message: number | string): void {
  if (process.connected) process.send?.(message);
}

function later(what: () => void): void {
  // eslint-disable-next-line no-restricted-syntax -- no step waits here, but a process for another's start
  setTimeout(what, KNOCK);
}

function knock(): void {
  const caller = connect(socket);
  caller.once("connect", () => {
    caller.destroy();
    tell(redis.pid ?? 0);
  });
  caller.once("error", () => later(knock));
}

redis.once("error", (error: NodeJS.ErrnoException) => {
  tell(error.code === "ENOENT" ? "redis-server is not installed" : error.message);
  process.exit(1);
});
redis.once("exit", () => process.exit(1));
process.on("disconnect", () => redis.kill("SIGTERM"));
// The terminal interrupts every process of its group; whoever started this one says when to end.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
knock();
