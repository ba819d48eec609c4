import { createInterface } from "node:readline/promises";
import { UsageError } from "./command.ts";

/** Reads one line of a stream, without its end; a password may hold any other character. */
export const readInputLine = async (
	input: NodeJS.ReadableStream,
	example = 'echo "$PASSWORD" | npm run kith -- user add ann --password-stdin',
): Promise<string> => {
	const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
	try {
		for await (const line of lines) {
			return line;
		}
		throw new UsageError(`nothing came on standard input; for example: ${example}`);
	} finally {
		lines.close();
	}
};
