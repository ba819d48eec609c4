import { generateKeyPairSync, sign } from "node:crypto";
import { isIP } from "node:net";
import { ipv6Groups } from "../../federation/identifiers/ipv6-address.ts";

export interface Certificate {
	/** Both in PEM. */
	readonly key: string;
	readonly cert: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * A certificate for a host or an address, and for others besides, that nobody but this test vouches for, good for a day
 * (X.509 version 3, RFC 5280).
 */
export function makeSelfSignedCertificate(host: string, now: number, others: readonly string[] = []): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const algorithm = sequence(ecdsaWithSha256);
	const name = sequence(set(sequence(commonName, utf8(host))));
	const alternativeNames = sequence(...[host, ...others].map(alternativeName));
	const content = sequence(
		node(0xa0, integer(2)),
		integer(1),
		algorithm,
		name,
		sequence(time(now - dayMs), time(now + dayMs)),
		name,
		publicKey.export({ type: "spki", format: "der" }),
		node(0xa3, sequence(sequence(subjectAlternativeName, node(0x04, alternativeNames)))),
	);
	const signature = sign("sha256", content, privateKey);
	const whole = sequence(content, algorithm, node(0x03, Buffer.from([0]), signature));
	const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
	};
}

function alternativeName(host: string): Buffer {
	if (isIP(host) === 4) return node(0x87, Buffer.from(host.split(".").map(Number)));
	const groups = isIP(host) === 6 ? ipv6Groups(host) : undefined;
	if (groups === undefined) return node(0x82, Buffer.from(host));
	return node(0x87, Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff])));
}

/** DER: a tag, the length of what follows, and that. */
function node(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	const long = body.length > 0xff ? [0x82, body.length >> 8, body.length & 0xff] : [0x81, body.length];
	return Buffer.concat([Buffer.from([tag, ...(body.length < 0x80 ? [body.length] : long)]), body]);
}

const ecdsaWithSha256 = node(0x06, Buffer.from("2a8648ce3d040302", "hex"));
const commonName = node(0x06, Buffer.from("550403", "hex"));
const subjectAlternativeName = node(0x06, Buffer.from("551d11", "hex"));

function sequence(...parts: readonly Uint8Array[]): Buffer {
	return node(0x30, ...parts);
}

function set(...parts: readonly Uint8Array[]): Buffer {
	return node(0x31, ...parts);
}

function integer(value: number): Buffer {
	return node(0x02, Buffer.from([value]));
}

function utf8(text: string): Buffer {
	return node(0x0c, Buffer.from(text));
}

/** `250131235959Z` */
function time(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replace(/\D/g, "").slice(2, 14);
	return node(0x17, Buffer.from(`${digits}Z`));
}
