import type { Prisma, PrismaClient } from "../generated/client.ts";

/** The typed client, in a transaction or out of one. */
export type Client = Prisma.TransactionClient;

const maxWaitMs = 5_000;
const timeoutMs = 10_000;

/** Runs `work` in one transaction: commits its result, rolls back when it throws. */
export const inTransaction = <T>(prisma: PrismaClient, work: (client: Client) => Promise<T>): Promise<T> =>
	prisma.$transaction(work, { maxWait: maxWaitMs, timeout: timeoutMs });

/** Held until the transaction ends: owners are made one after the other, so that there is one at most. */
export const lockOwnership = async (client: Client): Promise<void> => {
	await client.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('kith.owner'))`;
};

/** Held until the transaction ends: whoever changes how this person signs in, or makes a session for them, waits. */
export const lockPerson = async (client: Client, userId: string): Promise<void> => {
	await client.$executeRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`;
};
