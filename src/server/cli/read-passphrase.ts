import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UsageError } from "./command.ts";
import { readInputLine } from "./read-input-line.ts";

export interface PassphraseTerminal {
	readonly input: NodeJS.ReadStream;
	/** Questions go beside the answers of a command, which may be piped. */
	readonly output: NodeJS.WriteStream;
}

/**
 * Asks for a passphrase without showing it; where no person sits there, it is the first line of standard input. A new one
 * is asked for twice: one slip of a finger would lock the backup for ever.
 */
export const readPassphrase = async (
	{ input, output }: PassphraseTerminal,
	purpose: "new" | "known",
): Promise<string> => {
	if (!input.isTTY) return readInputLine(input, 'echo "$PASSPHRASE" | npm run kith -- backup FILE');
	const passphrase = await askHidden({ input, output }, "Passphrase: ");
	if (purpose === "new" && (await askHidden({ input, output }, "The same once more: ")) !== passphrase) {
		throw new UsageError("the two passphrases differ; nothing was written");
	}
	return passphrase;
};

const askHidden = async ({ input, output }: PassphraseTerminal, question: string): Promise<string> => {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input, output: silent, terminal: true });
	// The terminal shows nothing from here on, so that nothing typed at once is seen.
	output.write(question);
	const stopping = new AbortController();
	lines.once("SIGINT", () => stopping.abort());
	lines.once("close", () => stopping.abort());
	try {
		return await lines.question("", { signal: stopping.signal });
	} catch (cause) {
		if (stopping.signal.aborted) throw new UsageError("no passphrase was given");
		throw cause;
	} finally {
		lines.close();
		output.write("\n");
	}
};
