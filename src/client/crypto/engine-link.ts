import { channelNames } from "./crypto-databases.ts";
import type { CryptoCall, CryptoReply, EngineAccount } from "./crypto-message.ts";

/** A way to the worker that holds the engine. */
export interface EngineLink {
	post(message: CryptoCall): void;
	close(): void;
}

/** Where the build puts the worker. */
const workerAddress = "/crypto-engine/worker.js";

/** Opens the way that this browser has: the one worker of all windows, or a worker a window of which one works. */
export const openEngineLink = (account: EngineAccount, onMessage: (message: CryptoReply) => void): EngineLink =>
	"SharedWorker" in globalThis ? openShared(account, onMessage) : openOwn(account, onMessage);

const openShared = (account: EngineAccount, onMessage: (message: CryptoReply) => void): EngineLink => {
	const { port } = new SharedWorker(workerAddress, { type: "module", name: JSON.stringify(account) });
	port.onmessage = ({ data }: MessageEvent<CryptoReply>) => onMessage(data);
	return { post: (message) => port.postMessage(message), close: () => port.close() };
};

const openOwn = (account: EngineAccount, onMessage: (message: CryptoReply) => void): EngineLink => {
	const names = channelNames(account);
	const replies = new BroadcastChannel(names.replies);
	replies.onmessage = ({ data }: MessageEvent<CryptoReply>) => onMessage(data);
	const calls = new BroadcastChannel(names.calls);
	const worker = new Worker(workerAddress, { type: "module", name: JSON.stringify(account) });
	return {
		post: (message) => calls.postMessage(message),
		close: () => {
			worker.terminate();
			calls.close();
			replies.close();
		},
	};
};
