import type { Command } from "./command.ts";

export const statsCommand: Command = {
	words: ["stats"],
	usage: "",
	summary: "print how much there is: accounts, sessions, rooms, events, bytes",
	positionalCount: 0,
	options: {},
	run: async (context) => {
		for (const [name, value] of Object.entries(await context.statistics())) {
			const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
			context.print(`${words}\t${value}`);
		}
	},
};
