import type { MessagePort } from "node:worker_threads";
import type { CryptoReply } from "../../../../client/crypto/crypto-message.ts";
import type { KeptChange } from "../indexed-db/record-keeper.ts";
import type { FromEngine, IdentitySeeds, ToEngine } from "./engine-messages.ts";

/** The thread's end of the line to the process. */
export const createPort = (port: MessagePort) => {
	const answered = createAnswers<{ readonly status: number; readonly body: string } | undefined>();
	const kept = createAnswers<boolean>();
	const say = (message: FromEngine): void => port.postMessage(message);
	return {
		reply: (reply: CryptoReply): void => say({ kind: "reply", reply }),
		tellIdentity: (seeds: IdentitySeeds): void => say({ kind: "identity", seeds }),
		keep: async (changes: readonly KeptChange[]): Promise<void> => {
			const { id, answer } = kept.ask();
			say({ kind: "keep", id, changes });
			if (!(await answer)) throw new Error("it was not kept");
		},
		/** As a browser's, of which the process answers what the engine asks for. */
		fetch: async (address: string, { body }: RequestInit): Promise<Response> => {
			const { id, answer } = answered.ask();
			say({ kind: "ask", id, address, body: typeof body === "string" ? body : undefined });
			const found = await answer;
			if (found === undefined) throw new Error("nobody answered");
			return new Response(found.body, { status: found.status, headers: { "content-type": "application/json" } });
		},
		/** Hands calls on as they come. */
		listen: (onCall: (call: unknown) => void): void => {
			port.on("message", (message: ToEngine) => {
				if (message.kind === "call") onCall(message.call);
				else if (message.kind === "answer") answered.settle(message.id, message.answer);
				else kept.settle(message.id, message.isKept);
			});
		},
	};
};

/** Questions that wait for their answers, by number. */
const createAnswers = <Answer>() => {
	const waiting = new Map<number, (answer: Answer) => void>();
	let asked = 0;
	return {
		ask: (): { readonly id: number; readonly answer: Promise<Answer> } => {
			asked += 1;
			const id = asked;
			return { id, answer: new Promise((resolve) => waiting.set(id, resolve)) };
		},
		settle: (id: number, answer: Answer): void => {
			waiting.get(id)?.(answer);
			waiting.delete(id);
		},
	};
};
