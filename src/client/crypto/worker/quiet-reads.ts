/**
 * The machine reads its store a value at a time, and aborts the transaction of each read once it has the value. There is
 * nothing to undo in them, and without being told they end by themselves, for less: with a thousand devices in a room that
 * is thousands of times.
 */
export const endReadsQuietly = (): void => {
	const { abort } = IDBTransaction.prototype;
	IDBTransaction.prototype.abort = function (this: IDBTransaction): void {
		if (this.mode !== "readonly") abort.call(this);
	};
};
