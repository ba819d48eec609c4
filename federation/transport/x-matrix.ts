/**
 * The `Authorization` header of requests between servers: who asks whom, by which key, and the signature. What is written
 * is the form that old servers read too; what is read is every form of RFC 9110, and colons outside quotes.
 * Source: Matrix v1.19 Server-Server API, "Request Authentication"; RFC 9110 sections 5.6.2, 5.6.4 and 11.4.
 */
import type { KeyId, ServerName } from "../identifiers/identifier-types.ts";
import { parseKeyId } from "../identifiers/key-id.ts";
import { parseServerName } from "../identifiers/server-name.ts";

/** What the header says. */
export interface XMatrix {
	readonly origin: ServerName;
	/** Servers of before Matrix v1.3 leave it out. */
	readonly destination: ServerName | undefined;
	readonly keyId: KeyId;
	/** In unpadded base64. */
	readonly signature: string;
}

/** Two server names, a key id and a signature fit many times. */
const maxHeaderLength = 4096;

/** The header's value. */
export const formatXMatrix = (fields: XMatrix & { readonly destination: ServerName }): string =>
	// None of the four grammars has a quote or a backslash.
	`X-Matrix origin="${fields.origin}",destination="${fields.destination}",key="${fields.keyId}",sig="${fields.signature}"`;

/** Reads the header; `undefined` when it is of another scheme, malformed, lacks a field or has one twice. */
export const parseXMatrix = (header: string): XMatrix | undefined => {
	if (header.length > maxHeaderLength) {
		return undefined;
	}
	const parameters = readParameters(header);
	const origin = parseServerName(parameters?.get("origin") ?? "");
	const keyId = parseKeyId(parameters?.get("key") ?? "");
	const signature = parameters?.get("sig");
	const named = parameters?.get("destination");
	const destination = named === undefined ? undefined : parseServerName(named);
	if (origin === undefined || keyId === undefined || signature === undefined) {
		return undefined;
	}
	return named !== undefined && destination === undefined ? undefined : { origin, destination, keyId, signature };
};

const scheme = /^x-matrix +/i;
/** One parameter and the comma or end behind it; the value is a token with colons, or between quotes. */
const parameter =
	/[\t ]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[\t ]*=[\t ]*(?:([!#$%&'*+.^_`|~0-9A-Za-z:-]+)|"((?:[\t !#-[\]-~\u0080-\u00ff]|\\[\t !-~\u0080-\u00ff])*)")[\t ]*(?:,|$)/y;

const readParameters = (header: string): ReadonlyMap<string, string> | undefined => {
	const parameters = new Map<string, string>();
	let at = scheme.exec(header)?.[0].length ?? header.length;
	while (at < header.length) {
		parameter.lastIndex = at;
		const match = parameter.exec(header);
		const name = match?.[1]?.toLowerCase();
		if (name === undefined || parameters.has(name)) {
			return undefined;
		}
		parameters.set(name, match?.[2] ?? (match?.[3] ?? "").replace(/\\(.)/gs, "$1"));
		at = parameter.lastIndex;
	}
	return parameters;
};
