import type { CryptoServer } from "./crypto-client.ts";

/** Answers as JSON has them: tests change them in place. */
// biome-ignore lint/suspicious/noExplicitAny: a forger changes what it likes.
export type Forgeable = any;

/** What of the server is a lie. */
export interface Forgeries {
	/** Changes what the server answers; what it returns is answered instead. */
	readonly query?: (answer: Forgeable) => unknown;
	readonly claim?: (answer: Forgeable) => unknown;
	/** Changes what a device sends to others; undefined: it goes nowhere, and the device is told that it went. */
	readonly send?: (message: Parameters<CryptoServer["sendToDevice"]>[0]) => typeof message | undefined;
}

/** A server that lies: it stands between a device and the real one, as whoever runs that one may. */
export const withForgeries = (server: CryptoServer, forgeries: Forgeries): CryptoServer => ({
	...server,
	query: async (body) => {
		const answer = structuredClone(await server.query(body));
		return forgeries.query?.(answer) ?? answer;
	},
	claim: async (body) => {
		const answer = structuredClone(await server.claim(body));
		return forgeries.claim?.(answer) ?? answer;
	},
	sendToDevice: async (message) => {
		const sent = forgeries.send === undefined ? message : forgeries.send(message);
		return sent === undefined ? {} : server.sendToDevice(sent);
	},
});
