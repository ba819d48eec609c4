import type { z } from "zod";
import type { Clock, GrantStore } from "./ports.ts";
import { hashSecretToken } from "./random-names.ts";

/** Something that counts for a while, and mostly once, by whoever knows its secret. */
export interface GrantKind<Data extends z.ZodType> {
	readonly name: string;
	readonly data: Data;
	readonly lifetimeMs: number;
}

/** What grants stand on. */
export interface GrantGround {
	readonly store: GrantStore;
	readonly clock: Clock;
}

export const giveGrant = async <Data extends z.ZodType>(
	{ store, clock }: GrantGround,
	kind: GrantKind<Data>,
	{ secret, data }: { readonly secret: string; readonly data: z.input<Data> },
): Promise<void> => {
	const now = clock.now();
	await store.addGrant({
		kind: kind.name,
		secretHash: hashSecretToken(secret),
		data: JSON.stringify(data),
		expiresAt: now + kind.lifetimeMs,
		now,
	});
};

/** The grant's data, once; undefined when there is none, it ran out or was taken before. */
export const takeGrant = async <Data extends z.ZodType>(
	{ store, clock }: GrantGround,
	kind: GrantKind<Data>,
	secret: string,
): Promise<z.output<Data> | undefined> => {
	const data = await store.takeGrant({ kind: kind.name, secretHash: hashSecretToken(secret), now: clock.now() });
	return data === undefined ? undefined : kind.data.parse(JSON.parse(data));
};

/** The same without taking it. */
export const readGrant = async <Data extends z.ZodType>(
	{ store, clock }: GrantGround,
	kind: GrantKind<Data>,
	secret: string,
): Promise<z.output<Data> | undefined> => {
	const data = await store.readGrant({ kind: kind.name, secretHash: hashSecretToken(secret), now: clock.now() });
	return data === undefined ? undefined : kind.data.parse(JSON.parse(data));
};
