/**
 * Requests between servers are signed: the method, the target as it is sent, both names and the body. The names are those
 * from before any delegation. Source: Matrix v1.19 Server-Server API, "Request Authentication".
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import { encodeBase64 } from "../json/base64.ts";
import { CanonicalJsonError } from "../json/canonical-json.ts";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { ServerKeys } from "../ports/server-keys.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Signer } from "../ports/signer.ts";
import { isKeyValidAt } from "../signing/key-validity.ts";
import { signableBytes } from "../signing/sign-json.ts";
import { verifyJson } from "../signing/verify-json.ts";
import { formatXMatrix, parseXMatrix, type XMatrix } from "./x-matrix.ts";

/** What is signed of a request. */
export interface RequestTarget {
	readonly method: string;
	/** Path and query, percent-encoded as on the wire. */
	readonly uri: string;
	/** Absent where the request has no body. */
	readonly content?: JsonObject;
}

/** A request on its way out. */
export interface OutgoingRequest extends RequestTarget {
	readonly destination: ServerName;
}

/** What a received request is checked with. */
export interface RequestCheck {
	/** The value of `Authorization`; `undefined` where there is none. */
	readonly header: string | undefined;
	readonly ownName: ServerName;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
	/** Milliseconds: the key must be in use now. */
	readonly now: number;
}

/** Whose request it is, or why it counts as nobody's; `message` is told to the peer. */
export type RequestVerdict =
	| { readonly kind: "verified"; readonly origin: ServerName }
	| {
			readonly kind: "refused";
			readonly status: 401 | 403;
			readonly errcode: "M_UNAUTHORIZED" | "M_FORBIDDEN";
			readonly message: string;
			/** Of SPEC.md, "Requests". */
			readonly rule: string;
	  };

/** The value of `Authorization` for a request. Throws where the body has no canonical form. */
export const signRequest = (request: OutgoingRequest, signer: Signer): string => {
	const { destination } = request;
	const signed = signedPart(request, { origin: signer.serverName, destination });
	return formatXMatrix({
		origin: signer.serverName,
		destination,
		keyId: signer.keyId,
		signature: encodeBase64(signer.sign(signableBytes(signed))),
	});
};

/** Checks who sent a request. Where keys have to be fetched, it waits for them. */
export const verifyRequest = async (request: RequestTarget, check: RequestCheck): Promise<RequestVerdict> => {
	const header = check.header === undefined ? undefined : parseXMatrix(check.header);
	if (header === undefined) {
		return unauthorized("REQ-05", "the request needs an X-Matrix Authorization header");
	}
	const { origin, destination = check.ownName } = header;
	if (destination !== check.ownName) {
		return unauthorized("REQ-06", "the request is for another server");
	}
	if (origin === check.ownName) {
		const message = "this server does not ask itself";
		return { kind: "refused", status: 403, errcode: "M_FORBIDDEN", message, rule: "REQ-06" };
	}
	return (await hasSigned(signedPart(request, { origin, destination }), header, check))
		? { kind: "verified", origin }
		: unauthorized("REQ-05", `the request is not signed by a key that ${origin} uses now`);
};

const hasSigned = async (
	signed: JsonObject,
	{ origin, keyId, signature }: XMatrix,
	{ keys, verifier, now }: RequestCheck,
): Promise<boolean> => {
	const found = await keys.find([{ server: origin, keyId, validAtTs: now }]);
	const key = found.keys(origin, keyId);
	// Old keys have signed events and sign nothing any more.
	if (key?.kind !== "current" || !isKeyValidAt(key, now)) {
		return false;
	}
	const signatures = jsonObject([[origin, jsonObject([[keyId, signature]])]]);
	try {
		const question = { entity: origin, publicKey: () => key.publicKey, verifier };
		return verifyJson(withKey(signed, "signatures", signatures), question).kind === "verified";
	} catch (error) {
		if (error instanceof CanonicalJsonError) {
			return false;
		}
		throw error;
	}
};

const signedPart = (
	{ method, uri, content }: RequestTarget,
	{ origin, destination }: { readonly origin: ServerName; readonly destination: ServerName },
): JsonObject =>
	jsonObject([
		["method", method],
		["uri", uri],
		["origin", origin],
		["destination", destination],
		...(content === undefined ? [] : [["content", content] as const]),
	]);

const unauthorized = (rule: string, message: string): RequestVerdict => ({
	kind: "refused",
	status: 401,
	errcode: "M_UNAUTHORIZED",
	message,
	rule,
});
