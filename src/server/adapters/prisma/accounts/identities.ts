import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ProviderIdentity } from "../../../accounts/public.ts";
import type { Client } from "./transaction.ts";

export const findIdentity = async (client: Client, identity: ProviderIdentity): Promise<UserId | undefined> => {
	const { issuer, subject } = identity;
	const found = await client.identity.findUnique({
		where: { issuer_subject: { issuer, subject } },
		select: { userId: true },
	});
	return found === null ? undefined : (found.userId as UserId);
};
