/**
 * What a page may ask of the crypto engine. The engine lives in a worker of its own, the only place where private keys
 * are: a page gets words, public keys and facts.
 */
import type { CryptoCallName, CryptoFailureCode, CryptoInput, CryptoNews, CryptoOutput } from "./crypto-message.ts";

export interface CryptoEngine {
	/**
	 * Asks the engine, and waits while it starts or is started anew; a call that was under way when an engine broke down is
	 * asked again of the next one. Rejects with CryptoError.
	 */
	call<C extends CryptoCallName>(name: C, input: CryptoInput<C>): Promise<CryptoOutput<C>>;
	/** Calls back with what the engine tells unasked; the answer stops it. */
	onNews(listener: (news: CryptoNews) => void): () => void;
	/** Lets go of the engine, which goes on for other windows. */
	close(): void;
}

/** Why the engine could not do it. */
export class CryptoError extends Error {
	readonly code: CryptoFailureCode;

	constructor(code: CryptoFailureCode) {
		super(`crypto: ${code}`);
		this.code = code;
	}
}
