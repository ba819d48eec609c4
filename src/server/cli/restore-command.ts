import { resolve } from "node:path";
import type { Command } from "./command.ts";

export const restoreCommand: Command = {
	needs: "no-database",
	words: ["restore"],
	usage: "FILE",
	summary: "make the server of a backup anew in an empty KITH_DATA_DIR (and, where it is set, an empty DATABASE_URL)",
	positionalCount: 1,
	options: {},
	run: async (context, call) => {
		const file = resolve(call.positionals[0] ?? "");
		const { manifest, tableCount, fileCount } = await context.restore(file, () => context.readPassphrase("known"));
		const madeAt = new Date(manifest.createdAt).toISOString();
		context.print(
			`restored ${manifest.identity["server-name"].trim()} as it was at ${madeAt} (tables: ${tableCount}, files: ${fileCount})`,
		);
		context.print("never let it run beside the server that the backup was made of: they have the same name and key");
	},
};
