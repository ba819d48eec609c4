import type { KeyDocument } from "../../../../federation/handshakes/key-document.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";

/** Documents as their servers published them, for those who ask this server as a notary. */
export interface KeptDocuments {
	keep(document: KeyDocument, receivedTs: number): void;
	/** Also one that is out of date: old signatures are checked with it. */
	get(server: ServerName): JsonObject | undefined;
	/** It covers the time, and the first half of its life is not over, as a notary's answer should be. */
	isFresh(server: ServerName, minimumValidUntilTs: number, now: number): boolean;
}

/** At most 64 KiB each. */
const mostDocuments = 200;

export const createKeptDocuments = (): KeptDocuments => {
	const documents = new Map<ServerName, { readonly document: KeyDocument; readonly receivedTs: number }>();
	return {
		keep: (document, receivedTs) => {
			documents.delete(document.server);
			documents.set(document.server, { document, receivedTs });
			const [oldest] = documents.size > mostDocuments ? documents.keys() : [];
			if (oldest !== undefined) documents.delete(oldest);
		},
		get: (server) => documents.get(server)?.document.json,
		isFresh: (server, minimumValidUntilTs, now) => {
			const kept = documents.get(server);
			if (kept === undefined) return false;
			const { document, receivedTs } = kept;
			return document.validUntilTs >= minimumValidUntilTs && now < (receivedTs + document.validUntilTs) / 2;
		},
	};
};
