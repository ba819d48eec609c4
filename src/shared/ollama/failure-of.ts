import { RunFailed } from "../assistant/run-failed.ts";

/**
 * What an error of Ollama means. Its words are looked at and never passed on: they may repeat what it was sent.
 * @param status 200 for one in the middle of an answer
 */
export const failureOf = (status: number, allWords: string): RunFailed => {
	const words = allWords.slice(0, 1_000);
	if (/context (length|size|window)|exceeds? .*context|prompt (is )?too long|input length/i.test(words)) {
		return new RunFailed("too-long");
	}
	if (status === 404 || /model .*not found|try pulling/i.test(words)) return new RunFailed("no-model");
	if (/more system memory|out of memory|insufficient memory|cudaMalloc/i.test(words)) return new RunFailed("no-memory");
	if (/does not support|unsupported/i.test(words)) return new RunFailed("model-too-small");
	if (status === 503 || status === 429 || /server busy|maximum pending/i.test(words)) return new RunFailed("busy");
	return new RunFailed(status === 200 ? "broken-off" : "failed", { detail: `status ${status}` });
};
