/**
 * Asking a notary for the keys of another server that does not give them itself. The answer counts where both signed it:
 * the server, so that the notary invents nothing, and the notary, so that nobody else answers in its name.
 * Source: Matrix v1.19 Server-Server API, "Querying Keys Through Another Server".
 */
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import { getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PeerRequest } from "../ports/peer-transport.ts";
import type { WantedKey } from "../ports/server-keys.ts";
import { verifyJson } from "../signing/verify-json.ts";
import { type KeyDocument, type KeyDocumentCheck, readKeyDocument } from "./key-document.ts";

/** An answer holds a few documents: one for each set of keys that a server had. */
const mostDocuments = 16;

/** The question for one server's keys. */
export const notaryQuery = (server: ServerName, wanted: readonly WantedKey[]): PeerRequest => {
	const criteria = jsonObject(
		wanted.map(({ keyId, validAtTs }) => [keyId, jsonObject([["minimum_valid_until_ts", validAtTs]])]),
	);
	return {
		method: "POST",
		uri: "/_matrix/key/v2/query",
		content: jsonObject([["server_keys", jsonObject([[server, criteria]])]]),
	};
};

/** What a notary's answer is read with. */
export interface NotaryCheck extends KeyDocumentCheck {
	readonly notary: ServerName;
	/** The notary's keys that are valid now. */
	readonly notaryKey: (keyId: KeyId) => Uint8Array | undefined;
}

/** The documents of the server that both signed. */
export const readNotaryAnswer = (content: JsonObject, check: NotaryCheck): readonly KeyDocument[] => {
	const list = getValue(content, "server_keys");
	const documents = isJsonArray(list) ? list.filter(isJsonObject) : [];
	return documents
		.filter((json) => getString(json, "server_name") === check.server)
		.slice(0, mostDocuments)
		.flatMap((json) => {
			const { notary, notaryKey, verifier } = check;
			if (verifyJson(json, { entity: notary, publicKey: notaryKey, verifier }).kind !== "verified") {
				return [];
			}
			const reading = readKeyDocument(json, check);
			return reading.kind === "read" ? [reading.document] : [];
		});
};
