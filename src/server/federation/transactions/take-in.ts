import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getString } from "../../../../federation/json/json-object.ts";
import { isAppError } from "../../../shared/app-error.ts";
import type { Log } from "../../../shared/log.ts";
import type { ReceivedTransactionRow } from "../../rooms/public.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import { noteReceived } from "./note-received.ts";
import type { TransactionStore } from "./ports.ts";
import { pduOf } from "./settle-received.ts";

export interface TakeInDependencies {
	readonly transactions: Pick<TransactionStore, "store">;
	readonly receiving: Pick<Receiving, "receiveAtOnce">;
	readonly log: Log;
}

/** What became of a transaction: it is on the disk, or was there before. */
export type TakenIn = { readonly kind: "stored"; readonly isWorkLeft: boolean } | { readonly kind: "known" };

/**
 * Stores a transaction of another server; for those rooms something waits already. Throws AppError as the lane and the
 * store do.
 */
export type TakeIn = (transaction: ReceivedTransactionRow, waitingRooms: ReadonlySet<RoomId>) => Promise<TakenIn>;

/** So many transactions are judged as they come; the others wait on the disk for their turn. */
const mostAtOnce = 4;

/** A fuller one is one of many that follow each other: those are checked faster by the thousand. */
const mostPdus = 20;

/**
 * Stores transactions. Messages that their sender's server brings, in rooms for which nothing waits, are judged and stored
 * in the same commit, one transaction of a server at a time; everything else is put down and checked afterwards.
 */
export const createTakeIn = ({ transactions, receiving, log }: TakeInDependencies): TakeIn => {
	const underWay = new Set<ServerName>();
	const putDown = async (transaction: ReceivedTransactionRow): Promise<TakenIn> =>
		(await transactions.store(transaction))
			? { kind: "stored", isWorkLeft: transaction.pdus.length > 0 }
			: { kind: "known" };
	const judge = async (transaction: ReceivedTransactionRow): Promise<TakenIn | undefined> => {
		const { origin, pdus } = transaction;
		const inputs = pdus.map((pdu) => ({ roomId: pdu.roomId, pdu: pduOf(pdu) }));
		// Other servers' keys would have to be asked for.
		if (!inputs.every(({ pdu }) => serverOf(getString(pdu, "sender")) === origin)) return undefined;
		const transactionOf = (waiting: readonly number[]): ReceivedTransactionRow => ({
			...transaction,
			pdus: pdus.filter((_, at) => waiting.includes(at)),
		});
		const answers = await receiving.receiveAtOnce(inputs, transactionOf);
		if (answers === undefined) return undefined;
		for (const [at, received] of answers) {
			const pdu = pdus[at];
			if (pdu !== undefined) noteReceived(log, { origin, eventId: pdu.eventId }, received);
		}
		return { kind: "stored", isWorkLeft: answers.size < pdus.length };
	};
	return async (transaction, waitingRooms) => {
		const { origin, pdus } = transaction;
		const mayBeJudged =
			pdus.length > 0 && pdus.length <= mostPdus && !pdus.some(({ roomId }) => waitingRooms.has(roomId));
		if (!mayBeJudged || underWay.size >= mostAtOnce || underWay.has(origin)) return putDown(transaction);
		underWay.add(origin);
		try {
			return (await judge(transaction)) ?? (await putDown(transaction));
		} catch (err) {
			if (isAppError(err)) throw err;
			// One of them is more than this server can take: they are looked at one by one.
			log.error({ err, peer: origin }, "a transaction could not be judged at once");
			return await putDown(transaction);
		} finally {
			underWay.delete(origin);
		}
	};
};

const serverOf = (sender: string | undefined): ServerName | undefined => {
	const userId = parseUserId(sender ?? "");
	return userId && userIdServer(userId);
};
