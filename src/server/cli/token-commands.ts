import { type Command, textOption, UsageError } from "./command.ts";
import { parseDuration } from "./parse-duration.ts";

const createToken: Command = {
	words: ["token", "create"],
	usage: "[--uses NUMBER] [--expires-in 7d]",
	summary: "make a registration token; prints it once (1 use and no end unless stated)",
	positionalCount: 0,
	options: { uses: { type: "string" }, "expires-in": { type: "string" } },
	run: async (context, call) => {
		const uses = textOption(call, "uses") ?? "1";
		if (!/^[1-9]\d{0,4}$/.test(uses)) {
			throw new UsageError("--uses must be a number from 1 to 99999, for example --uses 5");
		}
		const expiresIn = textOption(call, "expires-in");
		const token = await context.operator.createRegistrationToken({
			usesAllowed: Number(uses),
			expiresInMs: expiresIn === undefined ? undefined : parseDuration(expiresIn),
		});
		context.print(`token: ${token}`);
	},
};

export const tokenCommands: readonly Command[] = [createToken];
