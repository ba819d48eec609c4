import { deserialize } from "node:v8";
import { describe, expect, it } from "vitest";
import type { StoreDatabase } from "./database.ts";
import { compareKeys, KeyRange } from "./key-order.ts";
import type { ObjectStore, StoreCursor } from "./object-store.ts";
import { type LoadedRecord, openFactory } from "./open-factory.ts";
import type { KeptChange } from "./record-keeper.ts";
import type { OpenRequest, StoreRequest } from "./requests.ts";
import type { StoreTransaction } from "./transaction.ts";

/** Keeps records as a database does. */
const createShelf = () => {
	const records = new Map<string, LoadedRecord>();
	const steps: (readonly KeptChange[])[] = [];
	let isFull = false;
	return {
		steps,
		records: () => [...records.values()],
		fill: (): void => {
			isFull = true;
		},
		keep: async (changes: readonly KeptChange[]): Promise<void> => {
			if (isFull) throw new Error("no room");
			steps.push(changes);
			for (const change of changes) {
				if (change.kind === "clear") {
					for (const [name, { table }] of records) if (table === change.table) records.delete(name);
				} else if (change.kind === "remove") records.delete(JSON.stringify([change.table, change.key]));
				else records.set(JSON.stringify([change.table, change.key]), change);
			}
		},
	};
};

type Shelf = ReturnType<typeof createShelf>;

const answer = <Result>(request: StoreRequest<Result>): Promise<Result> =>
	new Promise((resolve, reject) => {
		request.addEventListener("success", () => resolve(request.result));
		request.addEventListener("error", () => reject(request.error));
	});

const over = (transaction: StoreTransaction): Promise<"complete" | "abort"> =>
	new Promise((resolve) => {
		transaction.addEventListener("complete", () => resolve("complete"));
		transaction.addEventListener("abort", () => resolve("abort"));
	});

const open = async (shelf: Shelf, version = 1, shape = shapeOne): Promise<StoreDatabase> => {
	const request = openFactory(shelf.records(), shelf).open("box", version);
	request.addEventListener("upgradeneeded", () => shape(request.result as StoreDatabase));
	return (await answer(request as OpenRequest)) as StoreDatabase;
};

const shapeOne = (database: StoreDatabase): void => {
	const store = database.createObjectStore("things");
	store.createIndex("colour", "colour");
	store.createIndex("name", "name", { unique: true });
};

const things = (database: StoreDatabase, mode: "readonly" | "readwrite" = "readwrite") => {
	const transaction = database.transaction("things", mode);
	return { transaction, store: transaction.objectStore("things") as ObjectStore };
};

describe("keys", () => {
	it("are ordered as the specification says: numbers, texts, lists, part by part", () => {
		const keys = [["b"], "b", 10, ["a", 1], "a", 2, ["a"], ""] as const;
		expect([...keys].sort(compareKeys)).toEqual([2, 10, "", "a", "b", ["a"], ["a", 1], ["b"]]);
	});

	it("are in a range or not, at its ends too", () => {
		const range = KeyRange.bound("b", "d", true, false);
		expect(["a", "b", "c", "d", "e"].filter((key) => range.includes(key))).toEqual(["c", "d"]);
		expect(() => KeyRange.bound("d", "b")).toThrow("an empty range");
		expect(() => KeyRange.only({})).toThrow("no key");
	});
});

describe("a store over records that are kept", () => {
	it("gives back copies of what was put in, by keys, ranges and indexes, also when it was opened anew", async () => {
		const shelf = createShelf();
		const { store, transaction } = things(await open(shelf));
		const red = { colour: "red", name: "r", bytes: Uint8Array.of(1, 2) };
		store.put(red, "b");
		store.put({ colour: "blue", name: "u" }, "a");
		store.put({ colour: "red", name: "s" }, "c");
		red.colour = "changed later";
		await over(transaction);
		for (const database of [await open(shelf), await open(shelf)]) {
			const { store: again } = things(database, "readonly");
			expect(await answer(again.get("b"))).toEqual({ colour: "red", name: "r", bytes: Uint8Array.of(1, 2) });
			expect(await answer(again.getAllKeys(KeyRange.lowerBound("b")))).toEqual(["b", "c"]);
			expect(await answer(again.index("colour").getAllKeys("red"))).toEqual(["b", "c"]);
			expect(await answer(again.count())).toBe(3);
			expect(await answer(again.get("x"))).toBeUndefined();
		}
	});

	it("is complete only when everything is kept, in one step, and nobody else comes between", async () => {
		const shelf = createShelf();
		const database = await open(shelf);
		const first = things(database);
		const second = things(database);
		const order: string[] = [];
		const done = [over(first.transaction).then(() => order.push("first"))];
		done.push(over(second.transaction).then(() => order.push("second")));
		first.store.put({ name: "one" }, 1);
		// Asked for before the first is over: it waits.
		const seen = answer(second.store.get(1));
		first.store.put({ name: "two" }, 2);
		expect(await seen).toEqual({ name: "one" });
		await Promise.all(done);
		expect(order).toEqual(["first", "second"]);
		expect(shelf.steps.at(-1)?.map((change) => change.kind)).toEqual(["put", "put"]);
	});

	it("takes everything back where it could not be kept, or where a part was refused", async () => {
		const shelf = createShelf();
		const database = await open(shelf);
		const before = things(database);
		before.store.put({ name: "kept" }, 1);
		await over(before.transaction);
		const twice = things(database);
		twice.store.put({ name: "changed" }, 1);
		await expect(answer(twice.store.add({ name: "other" }, 1))).rejects.toThrow("there already");
		const same = things(database);
		same.store.clear();
		await expect(answer(same.store.put({ name: "same" }, 2))).resolves.toBe(2);
		await expect(answer(same.store.put({ name: "same" }, 3))).rejects.toMatchObject({ name: "ConstraintError" });
		expect(await answer(things(database).store.getAll())).toEqual([{ name: "kept" }]);
		shelf.fill();
		const full = things(database);
		full.store.delete(1);
		expect(await over(full.transaction)).toBe("abort");
		expect(full.transaction.error?.name).toBe("UnknownError");
		expect(await answer(things(database, "readonly").store.getAll())).toEqual([{ name: "kept" }]);
	});

	it("lets a cursor go through what was found, change it and take it away", async () => {
		const shelf = createShelf();
		const { store, transaction } = things(await open(shelf));
		for (const key of [1, 2, 3]) store.put({ name: `n${key}`, colour: "red" }, key);
		const request = store.index("colour").openCursor("red") as StoreRequest<StoreCursor | null>;
		const keys: unknown[] = [];
		request.addEventListener("success", () => {
			const cursor = request.result;
			if (cursor === null) return;
			keys.push(cursor.primaryKey);
			if (cursor.primaryKey === 1) cursor.delete();
			if (cursor.primaryKey === 2) cursor.update({ name: "new", colour: "red" });
			cursor.continue();
		});
		await over(transaction);
		expect(keys).toEqual([1, 2, 3]);
		const left = things(await open(shelf), "readonly").store;
		expect(await answer(left.getAll())).toEqual([
			{ name: "new", colour: "red" },
			{ name: "n3", colour: "red" },
		]);
	});

	it("changes its shape with its version, and keeps that with what is in it", async () => {
		const shelf = createShelf();
		const { store, transaction } = things(await open(shelf));
		store.put({ name: "old" }, 1);
		await over(transaction);
		const second = await open(shelf, 2, (database) => {
			database.deleteObjectStore("things");
			database.createObjectStore("others");
		});
		expect([...second.objectStoreNames]).toEqual(["others"]);
		expect(shelf.records().map(({ table }) => table)).toEqual([""]);
		expect(deserialize(shelf.records()[0]?.value ?? new Uint8Array())).toMatchObject({ version: 2 });
		await expect(open(shelf, 1)).rejects.toMatchObject({ name: "VersionError" });
	});

	it("only reads where it was only to read", async () => {
		const { store } = things(await open(createShelf()), "readonly");
		expect(() => store.put({}, 1)).toThrow("it only reads");
	});
});
