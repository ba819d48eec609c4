import type { Command } from "./command.ts";

const rotateKey: Command = {
	words: ["key", "rotate"],
	usage: "",
	summary: "sign with a new key from now on, while the server is stopped; the old one stays public",
	needs: "stopped-server",
	positionalCount: 0,
	options: {},
	run: async (context) => {
		const { keyId, retiredKeyId } = await context.rotateSigningKey();
		context.print(`signing key: ${keyId}, in the place of ${retiredKeyId}`);
		context.print("start the server: others learn of it when they see the first signature of the new key");
	},
};

export const keyCommands: readonly Command[] = [rotateKey];
