import { Worker } from "node:worker_threads";
import type {
	CryptoCallName,
	CryptoFailureCode,
	CryptoInput,
	CryptoNews,
	CryptoOutput,
	CryptoReply,
} from "../../../../client/crypto/crypto-message.ts";
import { cryptoProtocol } from "../../../../client/crypto/crypto-protocol.ts";
import type { KeptChange } from "../indexed-db/record-keeper.ts";
import type { EngineStart, FromEngine, IdentitySeeds, ToEngine } from "./engine-messages.ts";

/** The entry of an engine's thread: a file, or code that loads one. */
export interface EngineFile {
	readonly entry: string;
	readonly isCode: boolean;
}

/** What the process does for an engine. */
export interface EngineGround {
	/** Keeps for good, or rejects: then the engine ends. */
	keep(changes: readonly KeptChange[]): Promise<void>;
	/** Answers a call as the server answers those of browsers; undefined: there is no answer now. */
	ask(
		address: string,
		body: string | undefined,
	): Promise<{ readonly status: number; readonly body: string } | undefined>;
	onIdentity(seeds: IdentitySeeds): void;
	onNews(news: CryptoNews): void;
}

export class EngineFailure extends Error {
	readonly code: CryptoFailureCode;

	constructor(code: CryptoFailureCode) {
		super(`the assistant's crypto engine: ${code}`);
		this.code = code;
	}
}

/** A crypto engine in its thread. */
export interface BotEngine {
	/** Rejects with EngineFailure. */
	call<C extends CryptoCallName>(name: C, input: CryptoInput<C>): Promise<CryptoOutput<C>>;
	/** Resolves when it is no more: stopped, or broken down. */
	readonly ended: Promise<void>;
	stop(): Promise<void>;
}

/** More than a room's sessions and the module take; a thread that needs more has gone wrong. */
const mostMegabytes = 512;

/** Starts a thread with an engine, and the engine in it. */
export const openEngine = async (
	{ entry, isCode }: EngineFile,
	start: EngineStart,
	ground: EngineGround,
): Promise<BotEngine> => {
	const worker = new Worker(entry, {
		...{ workerData: start, eval: isCode, execArgv: [] },
		// It is given nothing of this process's settings, and what the module writes is about people: it goes nowhere.
		...{ env: {}, stdout: true, stderr: true },
		resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
	});
	worker.stdout.resume();
	worker.stderr.resume();
	const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
	let hasEnded = false;
	const ended = new Promise<void>((resolve) => {
		worker.on("error", () => undefined);
		worker.once("exit", () => {
			hasEnded = true;
			for (const { reject } of waiting.values()) reject(new EngineFailure("broken"));
			waiting.clear();
			resolve();
		});
	});
	const say = (message: ToEngine): void => worker.postMessage(message);
	const hear = (reply: CryptoReply): void => {
		if (reply.kind === "answer") waiting.get(reply.id)?.resolve(reply.output);
		else if (reply.kind === "failure") waiting.get(reply.id)?.reject(new EngineFailure(reply.code));
		else if (reply.kind !== "here" && reply.kind !== "ending") ground.onNews(reply);
		if (reply.kind === "answer" || reply.kind === "failure") waiting.delete(reply.id);
	};
	let isOver = false;
	worker.on("message", (message: FromEngine) => {
		// What is still on its way from a thread that was ended is not kept: another one may have begun.
		if (!isOver) void serve(message, { ground, hear, say });
	});
	let calls = 0;
	const call = <C extends CryptoCallName>(name: C, input: CryptoInput<C> | StartInput): Promise<CryptoOutput<C>> => {
		// Nobody is left who would answer.
		if (hasEnded) return Promise.reject(new EngineFailure("broken"));
		calls += 1;
		const id = calls;
		const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
		say({ kind: "call", call: { kind: "call", page: "bot", id, call: name, input } });
		return answer as Promise<CryptoOutput<C>>;
	};
	const stop = async (): Promise<void> => {
		isOver = true;
		await worker.terminate();
	};
	try {
		await call("start", { ...start.account, protocol: cryptoProtocol });
	} catch (error) {
		await stop();
		throw error;
	}
	return { call, ended, stop };
};

type StartInput = CryptoInput<"start">;

interface Serving {
	readonly ground: EngineGround;
	hear(reply: CryptoReply): void;
	say(message: ToEngine): void;
}

const serve = async (message: FromEngine, { ground, hear, say }: Serving): Promise<void> => {
	if (message.kind === "reply") hear(message.reply);
	else if (message.kind === "identity") ground.onIdentity(message.seeds);
	else if (message.kind === "keep") {
		const isKept = await ground.keep(message.changes).then(
			() => true,
			() => false,
		);
		say({ kind: "kept", id: message.id, isKept });
	} else {
		const answer = await ground.ask(message.address, message.body).catch(() => undefined);
		say({ kind: "answer", id: message.id, answer });
	}
};
