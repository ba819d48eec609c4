import { emptyReceivedRows, type RowBatch } from "../../rooms/public.ts";

/** A batch that takes rows of received events. */
export type ReceivedBatch = RowBatch & { readonly received: NonNullable<RowBatch["received"]> };

/** The batch, made ready for them. */
export const receivedBatch = (rows: RowBatch): ReceivedBatch =>
	Object.assign(rows, { received: rows.received ?? emptyReceivedRows() });
