import { type KeyDocument, readKeyDocument } from "../../../../federation/handshakes/key-document.ts";
import { notaryQuery, readNotaryAnswer } from "../../../../federation/handshakes/notary-query.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { Clock } from "../../../../federation/ports/clock.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { WantedKey } from "../../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import { isKeyValidAt } from "../../../../federation/signing/key-validity.ts";
import type { Log } from "../../../shared/log.ts";
import type { KnownKeys } from "./key-store.ts";

export interface KeyFetcherDependencies {
	readonly transport: PeerTransport;
	readonly verifier: SignatureVerifier;
	readonly clock: Clock;
	readonly log: Log;
}

/** Asks for key documents over the network, and believes none that does not prove itself. */
export interface KeyFetcher {
	/** The server's own word; `undefined` when it gives none that counts. */
	fromServer(server: ServerName): Promise<KeyDocument | undefined>;
	/** What a notary whose keys are known says of another server's. */
	fromNotary(question: NotaryQuestion): Promise<readonly KeyDocument[]>;
}

export interface NotaryQuestion {
	readonly notary: ServerName;
	readonly notaryKeys: KnownKeys;
	readonly server: ServerName;
	readonly wanted: readonly WantedKey[];
}

/** A server with many keys has a document of a few kilobytes. */
const limits = { maxAnswerBytes: 64 * 1024, timeoutMs: 15_000 } as const;

export const createKeyFetcher = ({ transport, verifier, clock, log }: KeyFetcherDependencies): KeyFetcher => ({
	fromServer: async (server) => {
		const answer = await transport.request(server, { method: "GET", uri: "/_matrix/key/v2/server", ...limits });
		if (answer.kind !== "answered") return undefined;
		const reading = readKeyDocument(answer.content, { server, verifier, receivedTs: clock.now() });
		if (reading.kind === "read") return reading.document;
		log.warn({ peer: server, rule: reading.rule }, "the keys that a server publishes do not count");
		return undefined;
	},
	fromNotary: async ({ notary, notaryKeys, server, wanted }) => {
		const answer = await transport.request(notary, { ...notaryQuery(server, wanted), ...limits });
		if (answer.kind !== "answered") return [];
		const now = clock.now();
		return readNotaryAnswer(answer.content, {
			server,
			notary,
			verifier,
			receivedTs: now,
			notaryKey: (keyId) => {
				const key = notaryKeys.get(keyId);
				return key?.kind === "current" && isKeyValidAt(key, now) ? key.publicKey : undefined;
			},
		});
	},
});
