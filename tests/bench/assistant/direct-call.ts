import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { RunTaken } from "./timed-run.ts";

/** Asks an Ollama with a body as it is, with nothing between. */
export const directCall = async (url: string, body: string): Promise<RunTaken> => {
	const startMs = performance.now();
	const response = await fetch(`${url}/api/chat`, { method: "POST", body });
	if (!response.ok || response.body === null) throw new Error(`Ollama answers ${response.status}`);
	let firstMs = Number.NaN;
	for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
		const said = JSON.parse(line) as { message?: { content: string }; done?: boolean; eval_count?: number };
		if (Number.isNaN(firstMs) && (said.message?.content ?? "") !== "") firstMs = performance.now() - startMs;
		if (said.done === true)
			return { firstMs, wholeMs: performance.now() - startMs, answerTokens: said.eval_count ?? 0 };
	}
	throw new Error("Ollama did not end");
};
