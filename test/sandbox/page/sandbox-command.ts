import { spawn } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** `npm run sandbox`, as a process of its own. */
export interface SandboxCommand {
  readonly url: string;
  /** SIGTERM. @throws where it doesn't end as it should. */
  stop(): Promise<void>;
}

/** Starts the sandbox with its bot as people start it, on a free port. */
export async function startSandboxCommand(): Promise<SandboxCommand> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["src/cli.ts", "sandbox"], { cwd: ROOT, env: { PATH, HOME, SANDBOX_PORT: "0" } });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const [, found] = /The sandbox is at (\S+)/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error(`The sandbox ended:\n${output}`)));
  });
  return {
    url,
    async stop() {
      if (child.exitCode !== null) return;
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const code = await exited;
      if (code !== 0) throw new Error(`The sandbox ended with ${code}:\n${output}`);
    },
  };
}
