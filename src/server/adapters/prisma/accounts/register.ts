import type { NewAccount, RegisterOutcome, RegisterTerms } from "../../../accounts/public.ts";
import type { PrismaClient } from "../generated/client.ts";
import { hasOwner } from "./account-queries.ts";
import { insertAccount } from "./account-writes.ts";
import { consumeRegistrationToken } from "./registration-tokens.ts";
import { type Client, inTransaction, lockOwnership } from "./transaction.ts";

type Refusal = Exclude<RegisterOutcome, { kind: "registered" }>["kind"];

/** Undoes the transaction, the token's use with it. */
class Refused extends Error {
	readonly kind: Refusal;
	constructor(kind: Refusal) {
		super(kind);
		this.kind = kind;
	}
}

/** The token's use and the account in one transaction. */
export const register = async (
	prisma: PrismaClient,
	account: NewAccount,
	terms: RegisterTerms,
): Promise<RegisterOutcome> => {
	try {
		return await inTransaction(prisma, (client) => registerWithin(client, account, terms));
	} catch (error) {
		if (error instanceof Refused) {
			return { kind: error.kind };
		}
		throw error;
	}
};

const registerWithin = async (client: Client, account: NewAccount, terms: RegisterTerms): Promise<RegisterOutcome> => {
	const isOwner = terms.tokenHash !== undefined && (await makesOwner(client, terms.tokenHash, terms.now));
	if (isOwner) {
		await lockOwnership(client);
	}
	const ownerExists = await hasOwner(client);
	if (isOwner && ownerExists) {
		throw new Refused("token-invalid");
	}
	if (!(isOwner || ownerExists)) {
		throw new Refused("owner-needed");
	}
	if (!(isOwner || terms.acceptsOrdinaryTokens)) {
		throw new Refused("closed");
	}
	if (!(await insertAccount(client, { ...account, isOwner }))) {
		throw new Refused("username-taken");
	}
	return { kind: "registered", isOwner };
};

const makesOwner = async (client: Client, tokenHash: string, now: number): Promise<boolean> => {
	const token = await consumeRegistrationToken(client, tokenHash, now);
	if (token === undefined) {
		throw new Refused("token-invalid");
	}
	return token.makesOwner;
};
