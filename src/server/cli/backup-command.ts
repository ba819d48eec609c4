import { resolve } from "node:path";
import type { Command } from "./command.ts";

export const backupCommand: Command = {
	needs: "any-database",
	words: ["backup"],
	usage: "FILE",
	summary: "write everything into a new file that only your passphrase opens; people go on writing meanwhile",
	positionalCount: 1,
	options: {},
	run: async (context, call) => {
		const file = resolve(call.positionals[0] ?? "");
		await context.backup(file, await context.readPassphrase("new"));
		context.print(`backed up to ${file}`);
		context.print("it opens with the passphrase and nothing else: keep the two apart");
	},
};
