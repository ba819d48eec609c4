import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { createArgon2PasswordHasher } from "../../src/server/adapters/argon2/argon2-password-hasher.ts";
import { readRunningDatabase } from "../../src/server/cli/running-database.ts";
import { sessionIdClaim } from "../../src/server/trpc/session/session-cookie.ts";
import { openServerDatabase } from "./server-database.ts";

/** Somebody with an account and a signed-in device. */
export interface Person {
	readonly userId: string;
	readonly localpart: string;
	/** The `Cookie` header of their device. */
	readonly cookie: string;
}

export const sharedPassword = "correct horse battery";

/**
 * Makes accounts with one shared password hash, each with a session, straight in the running server's database, and their
 * cookies with its secret: signing a thousand people up through argon2id would take minutes. The cookies are what a
 * sign-in gives, of a server behind TLS where `isSecure`; whoever uses them is checked by the server as always.
 */
export async function addPeople(
	dataFolder: string,
	localparts: readonly string[],
	{ isSecure = false }: { readonly isSecure?: boolean } = {},
): Promise<readonly Person[]> {
	await using client = await openServerDatabase(dataFolder);
	const serverName = (await readRunningDatabase(dataFolder))?.serverName ?? "";
	const passwordHash = await createArgon2PasswordHasher().hash(sharedPassword);
	const people = localparts.map((localpart) => ({
		userId: `@${localpart}:${serverName}`,
		localpart,
		sessionId: randomBytes(16).toString("hex"),
	}));
	const columns = [people.map(({ userId }) => userId), people.map(({ localpart }) => localpart)];
	await client.query(
		`INSERT INTO users (id, localpart, display_name, password_hash)
			SELECT id, localpart, initcap(localpart), $3 FROM unnest($1::text[], $2::text[]) AS p(id, localpart)`,
		[...columns, passwordHash],
	);
	await client.query(
		`INSERT INTO sessions (id, user_id, device_id, device_name)
			SELECT id, user_id, left(id, 10), 'test device' FROM unnest($1::text[], $2::text[]) AS s(id, user_id)`,
		[people.map(({ sessionId }) => sessionId), people.map(({ userId }) => userId)],
	);
	const secret = await readAuthSecret(dataFolder);
	return Promise.all(
		people.map(async ({ userId, localpart, sessionId }) => {
			const cookie = await cookieOf({ secret, userId, sessionId });
			return { userId, localpart, cookie: `${isSecure ? "__Secure-" : ""}${cookie}` };
		}),
	);
}

/** Signs a person in once more: the same account on another device. */
export async function addDevice(dataFolder: string, { userId, localpart }: Omit<Person, "cookie">): Promise<Person> {
	await using client = await openServerDatabase(dataFolder);
	const sessionId = randomBytes(16).toString("hex");
	await client.query(
		"INSERT INTO sessions (id, user_id, device_id, device_name) VALUES ($1, $2, left($1, 10), 'another device')",
		[sessionId, userId],
	);
	const secret = await readAuthSecret(dataFolder);
	return { userId, localpart, cookie: await cookieOf({ secret, userId, sessionId }) };
}

interface CookieParts {
	readonly secret: string;
	readonly userId: string;
	readonly sessionId: string;
}

async function cookieOf({ secret, userId, sessionId }: CookieParts): Promise<string> {
	return `next-auth.session-token=${await encode({ secret, token: { sub: userId, [sessionIdClaim]: sessionId } })}`;
}

async function readAuthSecret(dataFolder: string): Promise<string> {
	const secrets: { authSecret: string } = JSON.parse(await readFile(join(dataFolder, "secrets.json"), "utf8"));
	return secrets.authSecret;
}
