import type { WireDeviceNews } from "../../shared/wire/sync.ts";
import { clientEngine } from "./client-engine.ts";
import { CryptoError } from "./crypto-engine.ts";

const retryAfterMs = 5_000;
/** Each try there is an engine started anew. */
const retryWhenFullMs = 30_000;

/** What no second try changes. */
const final: ReadonlySet<CryptoError["code"]> = new Set(["no-storage", "store-lost", "bad-call", "forgotten"]);

/**
 * Hands the engine what an item brings for this device; ends once it is processed and stored. Where no engine can be had,
 * since the browser keeps nothing, it ends too: what is for one waits at the server.
 */
export async function takeInKeys(news: WireDeviceNews, isStart: boolean): Promise<void> {
	for (;;) {
		const engine = await clientEngine();
		if (engine === undefined) return;
		try {
			await engine.call("receive", { news, isStart });
			return;
		} catch (error) {
			if (!(error instanceof CryptoError) || final.has(error.code)) return;
			const pauseMs = error.code === "storage-full" ? retryWhenFullMs : retryAfterMs;
			await new Promise((resolve) => setTimeout(resolve, pauseMs));
		}
	}
}
