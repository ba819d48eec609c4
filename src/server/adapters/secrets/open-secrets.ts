import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { KeyId } from "@federation/identifiers/identifier-types.ts";
import { parseKeyId } from "@federation/identifiers/key-id.ts";
import { z } from "zod";
import { StartupError } from "../../process/startup-error.ts";
import { readOrMake } from "./durable-file.ts";

/** What this server alone knows; made at the first start and the same ever after. */
export interface Secrets {
	/** Of the PostgreSQL inside Kith. */
	readonly databasePassword: string;
	/** Encrypts session cookies. */
	readonly authSecret: string;
	readonly signingKey: SigningKey;
}

/** The Ed25519 key that signs this server's events. */
export interface SigningKey {
	readonly keyId: KeyId;
	/** 32 secret bytes. */
	readonly seed: Uint8Array;
}

const secretsSchema = z.object({ databasePassword: z.string().min(32), authSecret: z.string().min(32) });

export async function openSecrets(dataFolder: string): Promise<Secrets> {
	const secretsFile = join(dataFolder, "secrets.json");
	const keyFile = join(dataFolder, "signing.key");
	const secrets = parseSecrets(await readOrMake(secretsFile, makeSecrets));
	if (secrets === undefined) throw damaged(secretsFile);
	const signingKey = parseSigningKey(await readOrMake(keyFile, makeSigningKey));
	if (signingKey === undefined) throw damaged(keyFile);
	return { ...secrets, signingKey };
}

function makeSecrets(): string {
	const word = (): string => randomBytes(32).toString("base64url");
	return `${JSON.stringify({ databasePassword: word(), authSecret: word() }, null, "\t")}\n`;
}

function parseSecrets(text: string): z.infer<typeof secretsSchema> | undefined {
	try {
		return secretsSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

/** Algorithm, version and seed in one line, as other homeservers write it, so that a key can move between them. */
function makeSigningKey(): string {
	const version = `a_${randomBytes(4).toString("hex")}`;
	return `ed25519 ${version} ${randomBytes(32).toString("base64").replace(/=+$/, "")}\n`;
}

function parseSigningKey(text: string): SigningKey | undefined {
	const [, version, encoded] = /^ed25519 (\w+) ([A-Za-z0-9+/]{43})=?\s*$/.exec(text) ?? [];
	if (version === undefined || encoded === undefined) return undefined;
	const keyId = parseKeyId(`ed25519:${version}`);
	return keyId === undefined ? undefined : { keyId, seed: new Uint8Array(Buffer.from(encoded, "base64")) };
}

function damaged(file: string): StartupError {
	return new StartupError(
		"data-folder",
		`${file} is damaged: put it back from a backup; without it this server is another`,
	);
}
