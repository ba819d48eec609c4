/**
 * The engine as a page sees it. Calls that are under way when the engine ends are asked again of the next one: sealing and
 * opening leave nothing behind that a second time would harm, and what the stream brought is told apart by its position.
 */
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type {
	CryptoCall,
	CryptoCallName,
	CryptoFailureCode,
	CryptoNews,
	CryptoReply,
	EngineAccount,
} from "./crypto-message.ts";
import { cryptoProtocol } from "./crypto-protocol.ts";
import type { EngineLink } from "./engine-link.ts";

export interface EngineMeans {
	readonly openLink: (account: EngineAccount, onMessage: (message: CryptoReply) => void) => EngineLink;
	/** Calls back once nobody has the store open any more; the answer stops it. */
	readonly onEnd: (account: EngineAccount, callback: () => void) => () => void;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly newId: () => string;
	/** An engine is there, or why there is none. */
	readonly onStart: (failure?: CryptoFailureCode) => void;
}

interface Pending {
	readonly call: CryptoCall;
	/** Engines that ended before they answered it. */
	outlived: number;
	readonly resolve: (output: unknown) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * What so many engines ended over may be what they ended of: whoever asked is told, and it brings down no other. One more than a
 * message to the device can end before it is let go (`worker/take-messages.ts`), lest others be blamed for it.
 */
const mostEngines = 4;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/**
 * A worker that ends while a page connects to it answers nothing, and says nothing of its end. So long is waited for an engine
 * that starts, twice as long each time: one that is only slow comes to its end all the same.
 */
const firstPatienceMs = 20_000;
const longestPatienceMs = 320_000;

export const createEngineProxy = (account: EngineAccount, means: EngineMeans): CryptoEngine => {
	const proxy = new EngineProxy(account, means);
	return {
		call: async (name, input) => (await proxy.ask(name, input)) as never,
		onNews: (listener) => proxy.listen(listener),
		close: () => proxy.close(),
	};
};

class EngineProxy {
	readonly #account: EngineAccount;
	readonly #means: EngineMeans;
	readonly #page: string;
	readonly #pending = new Map<number, Pending>();
	readonly #listeners = new Set<(news: CryptoNews) => void>();
	#link: EngineLink | undefined;
	#stopWaitingForEnd: () => void = () => undefined;
	#lastId = 0;
	#startId = 0;
	#failures = 0;
	#patienceMs = firstPatienceMs;
	#stopWatching: () => void = () => undefined;
	#isClosed = false;

	constructor(account: EngineAccount, means: EngineMeans) {
		this.#account = account;
		this.#means = means;
		this.#page = means.newId();
		this.#open();
	}

	ask(call: CryptoCallName, input: unknown): Promise<unknown> {
		return new Promise((resolve, reject) => {
			this.#lastId += 1;
			const message: CryptoCall = { kind: "call", page: this.#page, id: this.#lastId, call, input };
			if (this.#isClosed) return reject(new CryptoError("broken"));
			this.#pending.set(message.id, { call: message, outlived: 0, resolve, reject });
			this.#link?.post(message);
		});
	}

	listen(listener: (news: CryptoNews) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		this.#isClosed = true;
		this.#drop();
		for (const { reject } of this.#pending.values()) reject(new CryptoError("broken"));
		this.#pending.clear();
	}

	#open(): void {
		if (this.#isClosed) return;
		const link = this.#means.openLink(this.#account, (message) => {
			if (this.#link === link) this.#hear(message);
		});
		this.#link = link;
		this.#postAll();
		this.#watchStart();
	}

	/** Opens the way anew where nobody answers. Nothing ended of what was asked, so nothing is held against it. */
	#watchStart(): void {
		this.#stopWatching = this.#means.later(() => {
			this.#drop();
			this.#patienceMs = Math.min(this.#patienceMs * 2, longestPatienceMs);
			this.#open();
		}, this.#patienceMs);
	}

	/** Everything that waits for an answer, behind a start: who listens now may have heard nothing of it. */
	#postAll(): void {
		this.#lastId += 1;
		this.#startId = this.#lastId;
		const input = { ...this.#account, protocol: cryptoProtocol };
		this.#link?.post({ kind: "call", page: this.#page, id: this.#startId, call: "start", input });
		for (const { call } of this.#pending.values()) this.#link?.post(call);
	}

	#drop(): void {
		this.#stopWatching();
		this.#stopWaitingForEnd();
		this.#link?.close();
		this.#link = undefined;
	}

	#reopen(): void {
		this.#drop();
		for (const [id, pending] of this.#pending) {
			pending.outlived += 1;
			if (pending.outlived < mostEngines) continue;
			this.#pending.delete(id);
			pending.reject(new CryptoError("broken"));
		}
		const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs);
		this.#failures += 1;
		this.#means.later(() => this.#open(), this.#failures === 1 ? 0 : pauseMs);
	}

	#hear(reply: CryptoReply): void {
		switch (reply.kind) {
			case "here":
				this.#postAll();
				return;
			case "ending":
				this.#reopen();
				return;
			case "answer":
			case "failure":
				if (reply.page === this.#page) this.#settle(reply);
				return;
			default:
				for (const listener of [...this.#listeners]) listener(reply);
		}
	}

	#settle(reply: Extract<CryptoReply, { readonly kind: "answer" | "failure" }>): void {
		if (reply.id === this.#startId) {
			this.#started(reply);
			return;
		}
		const pending = this.#pending.get(reply.id);
		// An engine that broke down answers nobody: the next one is asked.
		if (pending === undefined || (reply.kind === "failure" && reply.code === "broken")) return;
		this.#pending.delete(reply.id);
		if (reply.kind === "answer") pending.resolve(reply.output);
		else pending.reject(new CryptoError(reply.code));
	}

	#started(reply: Extract<CryptoReply, { readonly kind: "answer" | "failure" }>): void {
		if (reply.kind === "answer") {
			this.#failures = 0;
			this.#patienceMs = firstPatienceMs;
			this.#stopWatching();
			this.#stopWaitingForEnd();
			this.#stopWaitingForEnd = this.#means.onEnd(this.#account, () => this.#reopen());
			this.#means.onStart();
			return;
		}
		if (reply.code === "broken") return;
		// Without an engine nobody may wait for ever; the way is tried again, for those who ask later.
		for (const { reject } of this.#pending.values()) reject(new CryptoError(reply.code));
		this.#pending.clear();
		this.#means.onStart(reply.code);
		this.#reopen();
	}
}
