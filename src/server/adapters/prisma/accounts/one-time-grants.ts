import type { NewGrant } from "../../../accounts/public.ts";
import type { Client } from "./transaction.ts";

/** What ran out is swept out with it: the table stays as small as what a few minutes bring. */
export const addGrant = async (client: Client, grant: NewGrant & { readonly now: number }): Promise<void> => {
	await client.oneTimeGrant.deleteMany({ where: { expiresAt: { lte: new Date(grant.now) } } });
	await client.oneTimeGrant.create({
		data: {
			secretHash: grant.secretHash,
			kind: grant.kind,
			data: grant.data,
			expiresAt: new Date(grant.expiresAt),
		},
	});
};

/** Deleting and reading in one statement: of two callers with the same secret one gets the data. */
export const takeGrant = async (
	client: Client,
	{ kind, secretHash, now }: { readonly kind: string; readonly secretHash: string; readonly now: number },
): Promise<string | undefined> => {
	const [taken] = await client.$queryRaw<{ data: string }[]>`
		DELETE FROM one_time_grants WHERE secret_hash = ${secretHash} AND kind = ${kind} AND expires_at > ${new Date(now)}
		RETURNING data`;
	return taken?.data;
};

export const readGrant = async (
	client: Client,
	{ kind, secretHash, now }: { readonly kind: string; readonly secretHash: string; readonly now: number },
): Promise<string | undefined> => {
	const found = await client.oneTimeGrant.findUnique({
		where: { secretHash, kind, expiresAt: { gt: new Date(now) } },
		select: { data: true },
	});
	return found?.data;
};
