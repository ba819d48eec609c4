import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import { StartupError } from "../../process/startup-error.ts";
import { readOrMake } from "./durable-file.ts";
import {
	formatSigningKeys,
	makeSigningKey,
	parseSigningKeys,
	type RetiredSigningKey,
	type SigningKey,
} from "./signing-key-file.ts";

/** What this server alone knows; made at the first start and the same ever after. */
export interface Secrets {
	/** Of the PostgreSQL inside Kith. */
	readonly databasePassword: string;
	/** Encrypts session cookies. */
	readonly authSecret: string;
	readonly signingKey: SigningKey;
	/** The keys that signed before. */
	readonly retiredKeys: readonly RetiredSigningKey[];
}

const secretsSchema = z.object({ databasePassword: z.string().min(32), authSecret: z.string().min(32) });

export async function openSecrets(dataFolder: string): Promise<Secrets> {
	const secretsFile = join(dataFolder, "secrets.json");
	const keyFile = join(dataFolder, "signing.key");
	const secrets = parseSecrets(await readOrMake(secretsFile, makeSecrets));
	if (secrets === undefined) throw damaged(secretsFile);
	const makeKey = (): string => formatSigningKeys({ current: makeSigningKey(), retired: [] });
	const signingKeys = parseSigningKeys(await readOrMake(keyFile, makeKey));
	if (signingKeys === undefined) throw damaged(keyFile);
	return { ...secrets, signingKey: signingKeys.current, retiredKeys: signingKeys.retired };
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

function damaged(file: string): StartupError {
	return new StartupError(
		"data-folder",
		`${file} is damaged: put it back from a backup; without it this server is another`,
	);
}
