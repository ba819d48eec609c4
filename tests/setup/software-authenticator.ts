import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { PasskeyOptions, PasskeyResponse, RelyingParty } from "../../src/server/accounts/public.ts";

/** An authenticator with one passkey at a time, as a phone or a key in a port would be; it can be told to misbehave. */
export interface SoftwareAuthenticator {
	create(options: PasskeyOptions, twist?: Twist): PasskeyResponse;
	use(options: PasskeyOptions, twist?: Twist): PasskeyResponse;
}

/** What it does otherwise than it should. */
export interface Twist {
	/** The page that the browser saw. */
	readonly origin?: string;
	readonly rpId?: string;
	readonly challenge?: string;
	/** Nobody's finger, face or PIN. */
	readonly isUnverified?: boolean;
	readonly count?: number;
	readonly signsWith?: KeyObject;
	readonly userHandle?: string;
}

const userPresent = 0x01;
const userVerified = 0x04;
const hasCredential = 0x40;

export const createSoftwareAuthenticator = ({ id: rpId, origin }: RelyingParty): SoftwareAuthenticator => {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const credentialId = randomBytes(32);
	let userHandle = "";
	let uses = 0;
	const clientData = (type: string, challenge: string, twist: Twist): Buffer =>
		Buffer.from(
			JSON.stringify({
				type,
				challenge: twist.challenge ?? challenge,
				origin: twist.origin ?? origin,
				crossOrigin: false,
			}),
		);
	const authData = (flags: number, twist: Twist, ...rest: Buffer[]): Buffer => {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(twist.count ?? uses);
		const verified = twist.isUnverified === true ? 0 : userVerified;
		return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.from([flags | verified]), count, ...rest]);
	};
	const answer = (response: Record<string, unknown>): PasskeyResponse => ({
		id: credentialId.toString("base64url"),
		rawId: credentialId.toString("base64url"),
		type: "public-key",
		clientExtensionResults: {},
		response: { clientDataJSON: "", ...response },
	});
	return {
		create: (options, twist = {}) => {
			userHandle = (options["user"] as { id: string }).id;
			const credential = Buffer.concat([
				Buffer.alloc(16),
				Buffer.from([0, credentialId.length]),
				credentialId,
				coseKey(publicKey),
			]);
			const data = authData(userPresent | hasCredential, twist, credential);
			const attestation = cbor(
				new Map<string, Cbor>([
					["fmt", "none"],
					["attStmt", new Map()],
					["authData", data],
				]),
			);
			return answer({
				clientDataJSON: clientData("webauthn.create", options.challenge, twist).toString("base64url"),
				attestationObject: attestation.toString("base64url"),
				transports: ["internal"],
			});
		},
		use: (options, twist = {}) => {
			uses += 1;
			const client = clientData("webauthn.get", options.challenge, twist);
			const data = authData(userPresent, twist);
			const signature = sign("sha256", Buffer.concat([data, sha256(client)]), twist.signsWith ?? privateKey);
			return answer({
				clientDataJSON: client.toString("base64url"),
				authenticatorData: data.toString("base64url"),
				signature: signature.toString("base64url"),
				userHandle: twist.userHandle ?? userHandle,
			});
		},
	};
};

const sha256 = (data: string | Buffer): Buffer => createHash("sha256").update(data).digest();

/** RFC 9053: an elliptic curve key for ES256. */
const coseKey = (key: KeyObject): Buffer => {
	const { x = "", y = "" } = key.export({ format: "jwk" });
	return cbor(
		new Map<number, Cbor>([
			[1, 2],
			[3, -7],
			[-1, 1],
			[-2, Buffer.from(x, "base64url")],
			[-3, Buffer.from(y, "base64url")],
		]),
	);
};

type Cbor = number | string | Buffer | Map<number, Cbor> | Map<string, Cbor>;

/** RFC 8949, as much of it as an attestation holds. */
const cbor = (value: Cbor): Buffer => {
	if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
	if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
	const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
	return Buffer.concat([head(5, value.size), ...entries]);
};

const head = (type: number, argument: number): Buffer => {
	if (argument < 24) return Buffer.from([(type << 5) | argument]);
	if (argument < 256) return Buffer.from([(type << 5) | 24, argument]);
	return Buffer.from([(type << 5) | 25, argument >> 8, argument & 255]);
};
