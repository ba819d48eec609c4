/** A change of what is kept. Everything is bytes: whoever keeps it need not know what it is. */
export type KeptChange =
	| { readonly kind: "put"; readonly table: string; readonly key: string; readonly value: Uint8Array }
	| { readonly kind: "remove"; readonly table: string; readonly key: string }
	/** Every record of the table. */
	| { readonly kind: "clear"; readonly table: string };

/** Where the databases lie. */
export interface RecordKeeper {
	/** Stores all of it or none, for good. Whatever rests on it waits for that. */
	keep(changes: readonly KeptChange[]): Promise<void>;
}

/** The name under which an object store of a database is kept. */
export const tableName = (database: string, store: string): string => JSON.stringify([database, store]);

/** Where the shapes of databases are kept. */
export const shapesTable = "";
