import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

const LOCK_FILE = "syncwarden.lock";
const takenHere = new Set<string>();

/** Thrown when another process works in the data directory: a second one would destroy it. */
export class DirectoryInUseError extends Error {
  override readonly name = "DirectoryInUseError";

  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by process ${pid}. Stop that process, choose another directory with SYNCWARDEN_DATA, ` +
        "or set DATABASE_URL to share one PostgreSQL server between processes.",
    );
    this.pid = pid;
  }
}

/** Takes a data directory (made when absent) for this process. Answers how to give it back. A killed process leaves nothing locked. */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = resolve(directory);
  if (takenHere.has(path)) throw new DirectoryInUseError(path, process.pid);
  takenHere.add(path);
  const file = join(path, LOCK_FILE);
  try {
    await mkdir(path, { recursive: true });
    await takeLockFile(path, file);
  } catch (error) {
    takenHere.delete(path);
    throw error;
  }
  return async () => {
    await rm(file, { force: true });
    takenHere.delete(path);
  };
}

async function takeLockFile(path: string, file: string): Promise<void> {
  const owner = `${process.pid} ${(await startOf(process.pid)) ?? "unknown"}\n`;
  for (;;) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(owner);
      await handle.close();
      return;
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
    }
    const holder = await livingHolder(file);
    if (holder !== null) throw new DirectoryInUseError(path, holder);
    await rm(file, { force: true });
  }
}

async function livingHolder(file: string): Promise<number | null> {
  const [pidText, start] = (await readFile(file, "utf8").catch(() => "")).trim().split(" ");
  const pid = Number(pidText);
  // Our own id is left over from an earlier process that had it, as in containers where every process is number 1.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? pid : null;
  }
  const living = await startOf(pid);
  return living === null || living === start ? pid : null;
}

/** When a process started, in clock ticks since boot, so that a reused process id isn't taken for the old process. Linux only. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The command in parentheses may hold blanks; the start time is field 22, the 20th after it.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
