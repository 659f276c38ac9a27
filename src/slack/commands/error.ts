import type { Command } from "./command.ts";
import { describeError, unknownError } from "./describe-error.ts";
import { errorsCommand } from "./errors.ts";

export const errorCommand: Command = {
  name: "error",
  aliases: [],
  usage: "error <id>",
  examples: ["error E7K3Q", "error E7K3Q public"],
  summary: (t) => t.say("one sync error: what it means, evidence, what to do, affected records with links"),
  role: "viewer",
  canBePublic: true,
  async run(request, context) {
    const [id] = request.words;
    if (id === undefined) return errorsCommand.run(request, context);
    return (await describeError(id, context)) ?? unknownError(id, context);
  },
};
