/**
 * Answers the calls of pages, whatever they come through. What comes in is checked by the table of calls; what goes wrong
 * is told by a code and nothing else.
 */
import {
	type CryptoCall,
	type CryptoFailureCode,
	type CryptoReply,
	cryptoCall,
	cryptoCalls,
} from "../crypto-message.ts";
import { type CryptoHost, type StartedCrypto, startCrypto } from "./crypto-core.ts";
import { DeviceUnverified, IdentityChanged } from "./encrypt-event.ts";
import { Refused, Unanswered } from "./key-server.ts";
import { NoStorage, StoreSilent, WasmRefused } from "./open-machine.ts";
import { StoreLost } from "./own-device.ts";
import { storeFailureIn } from "./store-failure.ts";
import { isEnd } from "./watch-machine.ts";

/** Answers one message of a page through `reply`. */
export type Answer = (message: unknown, reply: (reply: CryptoReply) => void) => void;

export const createCryptoServer = (host: CryptoHost): Answer => {
	let started: Promise<StartedCrypto> | undefined;
	let isForgotten = false;
	const run = async (call: CryptoCall): Promise<unknown> => {
		const input = cryptoCalls[call.call].input.safeParse(call.input);
		if (!input.success) throw new BadCall();
		// Another window may not have heard yet that everything was deleted: nothing may come into being anew.
		if (isForgotten) throw new Forgotten();
		if (call.call === "start") {
			started ??= startCrypto(host, input.data as Parameters<typeof startCrypto>[1]);
			const starting = started;
			// What failed may be tried again.
			starting.catch(() => {
				if (started === starting) started = undefined;
			});
			return { isNew: (await starting).isNew };
		}
		if (started === undefined) throw new NotStarted();
		if (call.call === "forget") isForgotten = true;
		const handle = (await started).handlers[call.call] as (input: unknown) => Promise<unknown>;
		return handle(input.data);
	};
	return (message, reply) => {
		const parsed = cryptoCall.safeParse(message);
		if (!parsed.success) return;
		const { page, id } = parsed.data;
		run(parsed.data).then(
			(output) => reply({ kind: "answer", page, id, output }),
			(error: unknown) => {
				if (error instanceof NotStarted) return;
				if (isEnd(error) || error instanceof StoreSilent || storeFailureIn(error) !== undefined) host.onBroken(error);
				reply({ kind: "failure", page, id, code: codeOf(error) });
			},
		);
	};
};

class BadCall extends Error {}
class Forgotten extends Error {}

/** Whoever asks without having said for whom has not heard yet that this is another engine; they will, and ask again. */
class NotStarted extends Error {}

const codeOf = (error: unknown): CryptoFailureCode => {
	if (error instanceof BadCall) return "bad-call";
	if (error instanceof Forgotten) return "forgotten";
	if (error instanceof Unanswered || error instanceof Refused) return "unreachable";
	if (error instanceof IdentityChanged) return "identity-changed";
	if (error instanceof DeviceUnverified) return "device-unverified";
	if (error instanceof StoreLost) return "store-lost";
	const failure = storeFailureIn(error);
	if (failure === "storage-full") return "storage-full";
	if (error instanceof NoStorage) return "no-storage";
	if (error instanceof WasmRefused) return "wasm-refused";
	return isEnd(error) || failure === "storage-gone" ? "broken" : "internal";
};
